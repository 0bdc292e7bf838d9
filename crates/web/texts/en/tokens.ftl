tokens-title = Tokens
tokens-lead = With a token, a program acts in your name and with no more than your rights. Keep it as you keep your password.
tokens-made = Your new token
tokens-made-before = This form was already sent once, and the token it made was shown then.
tokens-made-before-next = If nobody copied it, revoke it below. Send the form as it stands now to make another.
tokens-made-before-gone = That token opens nothing any more. Send the form as it stands now to make another.
tokens-made-once = Copy it now. It is not kept here and cannot be shown again.
tokens-list = Your tokens
tokens-none = You have no tokens. One that you make below will be listed here.
tokens-for = Good for
tokens-until = Until
tokens-used = Last used
tokens-never = never
tokens-act = Standing
tokens-revoke = Revoke
tokens-revoked = revoked
tokens-expired = expired
tokens-new = Make a token
tokens-label-hint = Where it will be used, for example “command line on the office computer”.
tokens-scope-hint = Tick only what the program needs.
tokens-days = { $days ->
        [365] one year
       *[other] { $days } days
    }
tokens-button = Make token
scope-read = reading
scope-act = acting on matters
scope-ingest = bringing in documents
tokens-password-hint = Asked again, because a token lasts longer than your session.
