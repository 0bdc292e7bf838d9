account-title = 我的账户
account-back = 返回我的账户
account-password-kept = 只有您知道
account-password-change = 修改密码
account-password-lead = 修改后，除此处以外的登录都会退出。
account-password-button = 修改密码
account-tokens = 令牌
account-tokens-live = { $count ->
        [0] 没有有效令牌
       *[other] { $count } 个有效
    }
account-tokens-manage = 生成或撤销令牌
account-display = 显示
account-display-kept = 保存在本浏览器中
account-display-change = 调整显示
account-sessions = 已登录的设备
account-sessions-lead = 如有不认识的设备，请退出该处登录并修改密码。
account-device = 设备
account-device-phone = 手机或平板
account-device-computer = 电脑
account-device-other = 其他程序
account-this-one = 本机
account-began = 登录时间
account-seen = 最近使用
account-act = 可办操作
account-end = 退出该处
account-end-others = 退出其他各处
