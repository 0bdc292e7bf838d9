sign-in-title = Sign in
sign-in-button = Sign in
sign-in-forgotten = If you have forgotten your password, ask your administrator for a one-time link.
