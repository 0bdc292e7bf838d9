# 审计专用页面：查阅记录、权限沿革、附证明的导出。
audit-title = 审计
audit-lead = 可查阅知悉范围内的全部内容，不作任何更改。
audit-what = 审计工作
audit-last = 最近查阅
audit-all-reads = 全部查阅记录
audit-no-reads = 尚无应予记录的查阅。有人打开仅限指定人员知悉的事项、答复公众反映或导出文件后，将在此列出。

audit-reads = 查阅记录
audit-reads-says = 何人于何时、为何事查阅了个人信息或限定知悉的内容。
audit-reads-lead = 公众反映的内容及联系方式、仅限指定人员知悉的事项、佐证材料文件以及导出的文件，每次查阅均记录在此，保存三年。列表中的条目不作记录，打开时才记录。
audit-reads-circle = 仅限指定人员知悉的事项，其查阅记录只向列入知悉人员的审计人员显示。
audit-reads-none = 没有符合条件的查阅。请更改条件，或不设条件。
audit-reads-newest = 查看全部记录
audit-reads-csv = 导出这些记录（.csv）
reads-column-at = 时间
reads-column-officer = 人员
reads-column-officer-id = 人员标识
reads-column-behalf = 被代办人
reads-column-kind = 查阅内容
reads-column-kind-code = 代码
reads-column-matter = 事项
reads-column-file = 文件标识
read-matter = 仅限指定人员知悉的事项：页面、办理表单或督办通知单
read-applicant = 申请人姓名及联系方式（事项页）
read-contradiction = 公众反映的内容及联系方式（用于回访答复）
read-evidence = 佐证材料文件
read-proof = 仅限指定人员知悉的事项的证明
read-list = 导出的列表（含仅限指定人员知悉的该事项）
read-export = 审计导出
read-read_log = 导出的查阅记录

audit-rights = 权限情况
audit-rights-says = 任一日期的任职、委托代办和一人单位设置，以及现行权限表。
audit-rights-lead = 以当日终了时的记录为准。此后登记的内容（包括追溯登记的）不在其列，见权限变更。
rights-in-office = { $on }在任人员
rights-nobody = 当日无人任职。
rights-officer = 人员
rights-posts = 职位
rights-role = 身份
rights-lent = 委托代办
rights-lent-none = 当日没有生效的委托。
rights-lent-one = { $to }代{ $from }
rights-single = 一人单位
rights-single-none = 无：核验人均不得自行销号。
rights-table = 权限表
rights-table-says = 此为现行权限表。每个事件都带有据以准许的权限表的哈希值。
rights-table-text = 用于计算哈希值的原文
rights-table-open = 显示权限表
rights-hash = SHA-256
rights-act = 操作
rights-any = 不限
rights-relation = 与事项的关系
field-on = 日期

audit-changes = 权限变更
audit-changes-says = 职位、委托、单位和设置的每次变更及经手人。
audit-changes-lead = 单位、职位和人员的每次变更，最近的在前。序号为该事件在日志中的位置。
audit-changes-none = 在此之前没有变更。
audit-changes-newest = 从最近的看起
changes-at = 时间
changes-subject = 对象
changes-what = 变更内容
changes-idx = 日志序号

audit-export = 附证明的导出
audit-export-says = 导出可查阅的全部事项，脱离本服务器即可校验；最新检查点涵盖 { $size } 个事件。
audit-export-lead = 将可查阅的全部内容打包为一个文件，每件事项附有证明，表明其事件按原样存于日志之中。
audit-export-holds = 包含内容
audit-export-proofs = 每件事项一份证明文件，共 { $matters } 份：包含全部事件及其文字，不含个人信息。
audit-export-table = 上述事项的清单。
audit-export-checkpoint = 全部证明所依据的签名检查点。
audit-export-vkey = 日志的公钥。请与从其他渠道取得的公钥核对。
audit-export-how = 中英文校验说明。
audit-export-not = 不含佐证材料文件。本次导出将记入查阅记录。
audit-export-do = 导出（.tar）
audit-export-verify = 解包后，在无须连接本服务器的计算机上逐份校验：
audit-export-program = 由程序导出
audit-export-program-says = 使用本人具有读取权限的令牌，可取得同样的文件。
audit-export-token = 生成令牌
audit-export-readme =
    { $office }：附证明的导出
    导出时间：{ $when }。日志：{ $origin }，检查点涵盖 { $size } 个事件。

    proofs/         每件事项一份证明文件
    matters.csv     事项清单
    checkpoint.txt  全部证明所依据的签名检查点
    vkey.txt        日志的公钥

    校验方法：在任何一台计算机上，无须联网，于本文件夹内执行：

    for proof in proofs/*.json; do
      luoshi verify --proof "$proof" --vkey "$(cat vkey.txt)" --checkpoint checkpoint.txt || break
    done

    请勿仅凭 vkey.txt 校验：须与本单位已公布或此前提供的公钥核对。
    如以 --checkpoint 给出自己早先保存的检查点，则日志事后重建的，校验不予通过。

    证明表明：签署检查点时，这些事件已按原样存于日志之中，未经改动。证明不表明此后再无其他事件，
    也不表明所记录的内容属实。个人信息不予提供；依法删除的内容注明已删除。清单反映导出时各事项的状态。
