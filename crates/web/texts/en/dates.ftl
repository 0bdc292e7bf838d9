date-long = { $day } { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    } { $year }
date-moment = { $date }, { $clock }
date-due-in = { $days ->
        [one] in { $days } working day
       *[other] in { $days } working days
    }
date-due-today = due today
date-due-in-days = { $days ->
        [one] in { $days } day
       *[other] in { $days } days
    }
date-due-late = { $days ->
        [one] { $days } day late
       *[other] { $days } days late
    }
