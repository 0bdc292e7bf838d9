tokens-title = 令牌
tokens-lead = 程序凭令牌以您的名义办理，权限不超过您本人。请像保管密码一样保管令牌。
tokens-made = 您的新令牌
tokens-made-before = 本表单已提交过一次，所生成的令牌当时已经显示。
tokens-made-before-next = 如果当时没有复制，请在下方撤销它。需要另一枚令牌的，请再次提交下方表单。
tokens-made-before-gone = 那枚令牌已经失效。需要另一枚令牌的，请再次提交下方表单。
tokens-made-once = 请立即复制。系统不保存令牌原文，以后无法再次显示。
tokens-list = 您的令牌
tokens-none = 您还没有令牌。在下方生成后会列在这里。
tokens-for = 用途
tokens-until = 有效期至
tokens-used = 最近使用
tokens-never = 从未
tokens-act = 状态
tokens-revoke = 撤销
tokens-revoked = 已撤销
tokens-expired = 已过期
tokens-new = 生成令牌
tokens-label-hint = 写明用在哪里，例如“办公室电脑的命令行”。
tokens-scope-hint = 只勾选程序确实需要的用途。
tokens-days = { $days ->
        [365] 一年
       *[other] { $days } 天
    }
tokens-button = 生成令牌
scope-read = 查阅
scope-act = 办理事项
scope-ingest = 收录文件
tokens-password-hint = 令牌比本次登录更长久，因此需要再次输入密码。
