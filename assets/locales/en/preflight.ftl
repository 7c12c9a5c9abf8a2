check-title = Connect a number
check-lede = Your team answers here while you keep WhatsApp Business on the phone. First, a quick check, so nothing stops halfway.
checks = Checks
version-label = Version of WhatsApp Business on the phone
number-label = Number with its country code
phone-at-hand = The phone is at hand, charged and online
phone-at-hand-hint = You scan a code with it, or type one into it.
days-label = Days in use
days = { $count ->
    [one] day
   *[other] days
}
unlinking = All linked devices will be unlinked
unlinking-hint = WhatsApp Web, desktop and tablets are signed out. Link them again afterwards, except WhatsApp for Windows and Wear OS watches, which stay unsupported.
i-understand = I understand
understood = Understood
admin-question = Are you an admin of the Meta business portfolio?
admin-hint = Only an admin can connect a number. Business settings at Meta, under People, tells what you are.
admin-yes = You are an admin of the Meta business portfolio
admin-yes-hint = Only an admin can connect a number.
admin-no = You are not an admin of the Meta business portfolio
admin-no-hint = Only an admin can connect a number. Ask one of them, or let them sign in for this step.
copy-request = Copy request
yes = Yes
no = No
you-told = You told us
continue-to-sign-up = Continue to sign up
everything-that-changes = Everything that changes on the phone
stays-title = Stays the same on the phone
switches-off-title = Switches off
good-to-know = Good to know
about-ten-minutes = About 10 minutes, then the chats come over by themselves
disconnect-any-time = You can disconnect on the phone at any time
phone-changes = What changes on the phone
admin-request = Hi, I would like to connect our WhatsApp Business number to our shared inbox. Meta only lets an admin of our business portfolio do that. Could you make me an admin (business.facebook.com, Settings, People), or do this step together with me? It takes about ten minutes, and the phone with WhatsApp Business has to be at hand. Thank you.
stays-1 = All chats, groups and calls
stays-2 = Your labels and quick replies
stays-3 = Replies from the phone stay free
switches-off-1 = Disappearing messages and view once
switches-off-2 = Live location
switches-off-3 = New broadcast lists. Old ones become read only
comparison-phone = On the phone afterwards
comparison-twinbox = In Twinbox
version-not-told = Which WhatsApp Business is on the phone?
version-where = On the phone: Settings, Help, then App info if you see it. Version 2.24.17 or newer is needed.
version-not-read = This is not a version
version-as-shown = Type it as the phone shows it, for example 2.26.31.
version-too-old = WhatsApp Business { $version } is too old
version-update = Update it in the phone’s app store. Version 2.24.17 or newer is needed.
version-fine = WhatsApp Business { $version }
version-needed = Version 2.24.17 or newer is needed.
country-not-told = Which number do you connect?
country-not-told-hint = With its country code. Not every country is allowed.
country-not-read = Cannot tell the country
country-not-read-hint = Start with the country code, for example +44. If it is right, you can go on: Meta decides.
country-refused = Numbers from { $country } cannot be connected
country-refused-hint = Meta listed numbers that begin with { $code } as not supported until at least { $listed }. On { $unlisted } its page had no such list any more. Until that is certain, Twinbox stops here; nothing has changed on the phone. Source: { $source }.
either-country = { $one } or { $other }
country-allowed = Country allowed: { $country }
country-allowed-hint = Read from { $number }. Meta decides this list.
use-not-told = How long has the number been in WhatsApp Business?
use-not-told-hint = { use-hint } For a month or longer, 30 will do.
use-short-hint = { use-hint } You can try now. If it says no, come back on { $when }.
use-hint = WhatsApp wants { $least } days or more.
in-use-for = { $days ->
    [one] In use for { $days } day
   *[other] In use for { $days } days
}
to-fix-first = { $count ->
    [one] { $count } thing to fix first
   *[other] { $count } things to fix first
}
to-answer = { $count ->
    [one] { $count } thing to answer
   *[other] { $count } things to answer
}
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
day-of-year = { $month } { $date }, { $year }
month-of-year = { $month } { $year }
