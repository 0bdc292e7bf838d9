notices-title = Supervision notices
notices-none = No notice was issued yet.
notices-waiting = Assigned, and no notice issued
notices-waiting-none = Every assigned matter of your office has its notice.
notices-says = One notice for each lead: what is ticked under one name goes out under one number.
notices-button = Issue the notices
notices-number = Number
notices-day = Day
notices-lead = To
notices-matters = Matters
notices-print = Print
notices-back = Notices

notice-sign = { $word } 〔{ $year }〕 No. { $count }
notice-sign-circle = { $word } 〔{ $year }〕 No. C{ $count }
notice-head = { $office }
notice-title = Supervision notice
notice-to = { $lead }:
notice-opening = { $count ->
        [one] The following was decided and is assigned to you. Please carry it out as set out below.
       *[other] The following { $count } matters were decided and are assigned to you. Please carry them out as set out below.
    }
notice-matter = Matter { $number }
notice-directive = What is to be done
notice-source = Source
notice-criterion = Acceptance criterion
notice-due = Deadline
notice-due-day = on or before { $day }
notice-duty = Sign for it on receipt. Report with evidence before the deadline; if more time is needed, ask for it with reasons before the deadline has passed. An officer who had no part in the work verifies the report before the matter is cleared.
notice-contact = Contact: { $contact }
notice-seal = (Seal)
notice-proof = Issued on the record as notice { $number }.
