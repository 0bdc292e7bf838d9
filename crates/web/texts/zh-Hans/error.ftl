# 无法办理时的页面。每种情况：标题、障碍、下一步。
error-summary-title = 有内容需要修改
error-home = 返回首页
error-code = 编号 { $code }
error-operation = 操作号

error-refused-title = 现在不能这样办理

error-address-title = 无法读取此地址
error-address = 地址中有本页面不认识的内容。
error-address-next = 请删去问号后面的部分，或从首页重新进入。
error-asked-title = 地址中的条件无法识别
error-asked = 本页面不认识地址中的“{ $asked }”，没有略去，也没有猜测。
error-asked-next = 请打开不带该条件的页面，或核对地址中的写法。
error-past-end-title = 列表没有这一页
error-past-end = 列表在此之前已经结束，可能在链接生成后变短了。
error-past-end-next = 请打开第一页，再往后翻。
error-past-end-without = 打开第一页
error-asked-without = 打开不带该条件的页面
error-invalid-title = 无法读取
error-invalid = 请求中有内容格式不正确。
error-invalid-next = 请返回修改后重新提交，浏览器会保留您已填写的内容。
error-invalid-next-program = 请修改后重新发送。

error-not-found-title = 这里没有内容
error-not-found = 页面不存在，或未向您开放。
error-not-found-next = 请核对网址，或从首页开始。

error-unpublished-title = 已不再公开
error-unpublished = { $number } 号事项的公开已于{ $until }终止。
error-unpublished-next = 如曾留存或引用其内容，请予留意。此前就该事项反映过情况的，仍可凭回执码删除所写内容。

error-stale-title = 已有人先作了修改
error-stale = 您打开页面之后，他人已作修改，因此您的修改没有生效。
error-stale-next = 请重新打开，查看最新内容后再决定。

error-sent-before = 此表单此前已提交过一次，内容与本次不同，且已办理。
error-sent-before-next = 您本次填写的内容尚未提交。请先查看记录中的现状，如仍需要，请再次提交。

error-sign-in-title = 请先登录
error-sign-in = 只有已登录的人员才能办理。
error-sign-in-next = 请登录，或使用有效的令牌。

error-scope-title = 令牌用途不符
error-scope = 该令牌不能用于{ $scope }。
error-scope-next = 请在“我的账户”中为此生成令牌；原令牌不再需要时请撤销。

error-in-person-title = 须本人办理
error-in-person = 此页不能凭令牌打开。
error-in-person-next = 请用登录名和密码登录。

error-forged-title = 表单并非从本页提交
error-forged = 表单不属于您当前的登录，因此没有作任何修改。
error-forged-next = 请从这里重新打开页面再提交一次；您可能在此期间重新登录过。

error-link-title = 此链接已失效
error-link = 链接已使用、已被新链接取代，或已超过三天。
error-link-next = 请向管理员索取新的链接。

error-throttled-title = 尝试次数过多
error-throttled = 该登录名或该地址的密码错误次数过多。
error-throttled-next = 请在 { $wait }后重试，或向管理员索取一次性链接。
error-wait-seconds = { $seconds } 秒
error-wait-minutes = { $minutes } 分钟

error-too-large-title = 内容过大
error-too-large = 提交的内容超过了限度，因此没有作任何修改。
error-too-large-next = 请提交较小的文件或较短的文字。

error-busy-title = 等待时间过长
error-busy = 未能及时得到结果。
error-busy-next = 请稍候一分钟重新打开页面，确认之后再决定是否重新提交。

error-full-title = 磁盘空间已满
error-full = 记录所在的磁盘没有剩余空间，本次内容未保存。
error-full-next = 请告知管理员，保留已填写的内容，待空间恢复后再次提交。
error-full-next-program = 请待空间恢复后重新发送；如带有命令编号，请用同一编号，只会执行一次。

error-fault-title = 系统出现故障
error-fault = 这不是您的操作造成的，故障已记录。
error-fault-next = 请返回重试，浏览器会保留您已填写的内容。如再次出现，请将操作号告知管理员。
error-fault-next-program = 请重新发送；如带有命令编号，请用同一编号，只会执行一次。如再次出现，请将操作号告知管理员。
error-no-post-title = 您今日不担任任何职位
error-no-post = 只有在任人员可以查看内部内容。您的账户仍然有效，您以往的办理记录也都保留。
error-no-post-next = 如果您应当在任，请联系管理员登记。已公开的内容您仍可查看。
