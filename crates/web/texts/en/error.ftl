# Pages for what could not be done. For each problem: a title, what stands in the way, what to do next.
error-summary-title = Something needs your attention
error-home = To the home page
error-code = Code { $code }
error-operation = Operation

error-refused-title = This cannot be done now

error-address-title = This address could not be read
error-address = The address asks for something that this page does not know.
error-address-next = Take away what stands behind the question mark, or begin on the first page and go on from there.
error-asked-title = The address asks for something this page does not know
error-asked = This page knows nothing called “{ $asked }”. Nothing was left out or guessed.
error-asked-next = Open the page without it, or correct the address.
error-past-end-title = The list has no such page
error-past-end = The list ends before it. It may have become shorter since the link was made.
error-past-end-next = Open its first page and go on from there.
error-past-end-without = Open the first page
error-asked-without = Open the page without it
error-invalid-title = This could not be read
error-invalid = Something in the request is malformed.
error-invalid-next = Go back, put it right and send it again; your browser keeps what you typed.
error-invalid-next-program = Put it right and send it again.

error-not-found-title = There is nothing here
error-not-found = The page does not exist, or it is not open to you.
error-not-found-next = Check the address, or start from the home page.

error-unpublished-title = No longer published
error-unpublished = { $number } was published until { $until } and no longer is.
error-unpublished-next = If you kept a copy or wrote about it, bear that in mind. If you told the office something about it, the code of your receipt still lets you have that erased.

error-stale-title = Somebody was quicker
error-stale = Since you opened the page, somebody else has changed this, so your change was not made.
error-stale-next = Open it again, look at what is new, and then decide.

error-sent-before = This form was already sent once, with other content, and that was carried out.
error-sent-before-next = What you typed now has not been sent. Look at what stands on the record, then send it if it is still wanted.

error-sign-in-title = Please sign in
error-sign-in = Only officers who are signed in may do this.
error-sign-in-next = Sign in, or send a token that is in force.

error-scope-title = This token was not made for that
error-scope = The token is not good for { $scope }.
error-scope-next = Make a token for it under “My account”, and revoke this one if it is no longer needed.

error-in-person-title = Only in person
error-in-person = No token opens this page.
error-in-person-next = Sign in with your login name and password.

error-forged-title = This form was not sent from its page
error-forged = The form does not belong to your present session, so nothing was changed.
error-forged-next = Open the page again from here and send the form once more; you may have signed in again in between.

error-link-title = This link no longer opens
error-link = It was used, replaced by a newer one, or is older than three days.
error-link-next = Ask your administrator for a new one.

error-throttled-title = Too many attempts
error-throttled = There were too many wrong passwords for this login name or from this address.
error-throttled-next = Try again { $wait }, or ask your administrator for a one-time link.
error-wait-seconds = { $seconds ->
        [one] in { $seconds } second
       *[other] in { $seconds } seconds
    }
error-wait-minutes = { $minutes ->
        [one] in { $minutes } minute
       *[other] in { $minutes } minutes
    }

error-too-large-title = This is too large
error-too-large = More was sent than is taken here, so nothing was changed.
error-too-large-next = Send a smaller file or a shorter text.

error-busy-title = This takes too long
error-busy = The answer was not ready in time.
error-busy-next = Wait a minute and open the page again, before sending anything twice.

error-full-title = The disk is full
error-full = There is no space left where the record is kept, so nothing of this was saved.
error-full-next = Tell your administrator, keep what you typed open, and send it again once there is space.
error-full-next-program = Send it again once there is space, with the same command id where you gave one: it is carried out once.

error-fault-title = Something broke on our side
error-fault = It was not your doing, and it has been noted.
error-fault-next = Go back and try again; your browser keeps what you typed. If it happens again, tell your administrator this number.
error-fault-next-program = Send it again, with the same command id where you gave one: it is carried out once. If it happens again, tell your administrator the operation’s number.
error-no-post-title = You hold no post today
error-no-post = Only officers who hold a post see what is inside the office. Your account still works, and what you did stays on the record.
error-no-post-next = If you should hold a post, ask an administrator to enter it. What the office has published is open to you.
