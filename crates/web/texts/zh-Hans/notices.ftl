notices-title = 督办通知
notices-none = 还没有发出督办通知。
notices-waiting = 已交办、尚未发通知的事项
notices-waiting-none = 本单位督查的已交办事项都已发出通知。
notices-says = 每个牵头方一份通知：同一名下勾选的事项合为一份，编一个号。
notices-button = 发出通知
notices-number = 编号
notices-day = 日期
notices-lead = 主送
notices-matters = 事项数
notices-print = 打印
notices-back = 督办通知

notice-sign = { $word }〔{ $year }〕{ $count }号
notice-sign-circle = { $word }〔{ $year }〕专{ $count }号
notice-head = { $office }
notice-title = 督办通知单
notice-to = { $lead }：
notice-opening = { $count ->
        [one] 现将以下督办事项交由你单位牵头办理，请按要求抓好落实。
       *[other] 现将以下 { $count } 项督办事项交由你单位牵头办理，请按要求抓好落实。
    }
notice-matter = 事项 { $number }
notice-directive = 办理要求
notice-source = 来源
notice-criterion = 验收标准
notice-due = 办理时限
notice-due-day = { $day }前（含当日）
notice-duty = 请收到后及时签收，在时限前报告办理结果并附佐证材料；确需延期的，应在时限届满前说明理由提出申请。报告经未参与办理的人员核验后予以销号。
notice-contact = 联系人：{ $contact }
notice-seal = （印章）
notice-proof = 本通知已在册，编号 { $number }。
