sign-in-title = 登录
sign-in-button = 登录
sign-in-forgotten = 忘记密码时，请向管理员索取一次性链接。
