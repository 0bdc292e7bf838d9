account-title = My account
account-back = Back to my account
account-password-kept = Known only to you
account-password-change = Change password
account-password-lead = You will be signed out everywhere but here.
account-password-button = Change password
account-tokens = Tokens
account-tokens-live = { $count ->
        [0] None in force
        [one] { $count } in force
       *[other] { $count } in force
    }
account-tokens-manage = Make or revoke tokens
account-display = Display
account-display-kept = Kept in this browser
account-display-change = Change display
account-sessions = Where you are signed in
account-sessions-lead = If you do not know one of these, sign out there and change your password.
account-device = Device
account-device-phone = Phone or tablet
account-device-computer = Computer
account-device-other = Another program
account-this-one = this one
account-began = Signed in
account-seen = Last used
account-act = What you can do
account-end = Sign out there
account-end-others = Sign out everywhere but here
