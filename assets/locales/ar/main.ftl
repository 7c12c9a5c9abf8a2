### العربية الفصحى الحديثة، كما تكتبها واجهة واتساب وMeta. الأفعال بصيغة الأمر للمفرد المذكر، والأرقام لاتينية.
###
### المسرد:
### chat, conversation = محادثة | message = رسالة | reply = رد | inbox = صندوق الوارد | contact = جهة اتصال
### number = رقم | phone = هاتف | customer = عميل | team = فريق | colleague = زميل | agents = الموظفون
### queue = قائمة الانتظار | queued, waiting = في الانتظار | send = إرسال | sent = تم الإرسال | delivered = تم التسليم
### read = تمت القراءة | unread = غير مقروءة | failed, not delivered = لم يتم التسليم | draft = مسودة
### assign = إسناد | snooze = تأجيل | pending = معلّقة | resolve = إنهاء | resolved = منتهية | label = تصنيف
### note = ملاحظة | saved reply = رد محفوظ | template = قالب | campaign = حملة | automation = رد آلي | bot = روبوت
### reply time = مهلة الرد | notification = إشعار | history = سجل المحادثات | sync = مزامنة | connect = ربط
### disconnect = إلغاء الربط | photo = صورة | video = فيديو | voice note = رسالة صوتية | sticker = ملصق
### document = مستند | reaction = تفاعل | forwarded = مُعاد توجيهها | access token = رمز الوصول
### business portfolio = حافظة الأعمال | account = حساب | permission = إذن | rate = سعر | billed = محتسب

main = الرئيسية
inbox = صندوق الوارد
conversations = المحادثات
views = طرق العرض
status = الحالة
details = التفاصيل
messages = الرسائل
message = الرسالة
thread = المحادثة
send = إرسال
cancel = إلغاء
retry = إعادة المحاولة
try-again = حاول مرة أخرى
dismiss = إخفاء
reply = رد
dark-theme = التبديل إلى المظهر الداكن
light-theme = التبديل إلى المظهر الفاتح
show-details = إظهار التفاصيل
hide-details = إخفاء التفاصيل
reply-to-message = الرد على هذه الرسالة
go-to-quoted = الانتقال إلى الرسالة المقتبسة
drop-quote = إزالة الاقتباس
you = أنت
from-phone = من الهاتف
from-history = أُرسلت قبل Twinbox
automation = رد آلي
campaign = حملة
colleague = زميل
quoted-unknown = رسالة غير موجودة هنا
no-one-open = لا توجد محادثة مفتوحة
no-one-open-hint = اختر محادثة من القائمة.
no-messages = لا توجد رسائل بعد
no-messages-hint = يمكن أن تبدأ بقالب.
too-long = هذا أطول من أن يُرسل في رسالة واحدة
show-number = إظهار الرقم
loading = جارٍ التحميل
load-failed = تعذّر التحميل.
draft = مسودة:
note-draft = مسودة ملاحظة:
queued = في الانتظار
queued-next = في الانتظار، تُرسل في أقرب وقت ممكن.
sending = جارٍ الإرسال
not-sure = غير مؤكد
not-sure-question = ليس مؤكدًا أنها أُرسلت.
was-sent = أُرسلت
send-again = إرسال مرة أخرى
failed = لم يتم التسليم
back-to-composer = تعديل
jump-to-newest = أحدث الرسائل
window-over = انتهت مهلة الرد
window-never = لا توجد رسالة من العميل بعد
window-explained = يُسمح بالردود الحرة لمدة 24 ساعة بعد آخر رسالة من العميل.
never-wrote = لم يراسل هذا الشخص هذا الرقم بعد
phone-still-writes = لا يزال بإمكانك الكتابة بحرية من الهاتف. وعندما يرد العميل، يمكنك الرد من هنا.
waits-meanwhile = ما ترسله ينتظر هنا حتى ذلك الحين.
marketing = التسويق
no-marketing = لا يريد رسائل تسويقية
identities = المعرّفات
phone-number = رقم الهاتف
username = اسم المستخدم
whatsapp-id = معرّف واتساب
no-identities = لا يشارك واتساب رقمًا أو اسمًا لهذا الشخص.
about = المحادثة
number = الرقم
first-message = أول رسالة
last-wrote = آخر رسالة منه
never = أبدًا
who-answered = من ردّ
last-30-days = آخر 30 يومًا
nobody-answered = لا أحد في آخر 30 يومًا.
agents = الموظفون
phone = الهاتف
bots = الروبوتات
connected = متصل
connecting = جارٍ الاتصال
no-event-yet = لا أحداث بعد
today = اليوم
yesterday = أمس
nothing-waiting = لا شيء في الانتظار
needs-reply = تحتاج إلى رد
not-running = Twinbox لا يعمل
cannot-show = لا يمكن عرض Twinbox
start-again = عالج السبب، ثم شغّل Twinbox من جديد.
reload-or-update = أعد تحميل هذه النافذة. إذا لم يفد ذلك، فثبّت أحدث إصدار من Twinbox هنا وعلى الخادم.
reload = إعادة تحميل هذه النافذة
frozen = لا تستطيع هذه النافذة قراءة المستجدات.
sign-in = تسجيل الدخول
sign-in-hint = يطلب Twinbox هذا رمز وصول. يمكنك الحصول عليه ممن يديره.
access-token = رمز الوصول
token-refused = هذا الرمز غير مقبول.
filter-all = الكل
filter-needs-reply = تحتاج إلى رد
filter-unread = غير مقروءة
filter-mine = محادثاتي
filter-unassigned = غير مُسندة
filter-pending = معلّقة
filter-snoozed = مؤجلة
filter-resolved = منتهية
filter-label = تصنيف
empty-list-all = لا توجد محادثات بعد
empty-list-all-hint = تظهر هنا عندما يكتب عميل.
empty-list-needs-reply = لا شيء يحتاج إلى رد
empty-list-needs-reply-hint = تم الرد على كل المحادثات.
empty-list-unread = لا شيء غير مقروء
empty-list-unread-hint = اطّلعت على كل الرسائل.
empty-list-mine = لا شيء مطلوب منك
empty-list-mine-hint = تظهر هنا المحادثات المُسندة إليك.
empty-list-unassigned = كل محادثة لها مسؤول
empty-list-unassigned-hint = تظهر المحادثات الجديدة هنا حتى يتولاها أحد.
empty-list-pending = لا توجد محادثات معلّقة
empty-list-pending-hint = تظهر هنا المحادثات التي تنتظر طرفًا آخر.
empty-list-snoozed = لا توجد محادثات مؤجلة
empty-list-snoozed-hint = تنتظر هنا المحادثات التي تم تأجيلها.
empty-list-resolved = لا توجد محادثات منتهية
empty-list-resolved-hint = تُحفظ هنا المحادثات المنتهية.
empty-list-label = لا توجد محادثة بهذا التصنيف
empty-list-label-hint = تظهر هنا المحادثات التي تحمله.
empty-list-label-keys = اضغط { $keys } في محادثة لتصنيفها.
unassigned-count = { $count ->
    [one] محادثة واحدة غير مسندة.
    [two] محادثتان غير مسندتين.
    [few] { $count } محادثات غير مسندة.
   *[other] { $count } محادثة غير مسندة.
}
status-sent = تم الإرسال
status-delivered = تم التسليم
status-read = تمت القراءة
status-played = تم التشغيل
row-needs-reply = { $name }، { needs-reply }
row-unread = { $name }، { $count ->
    [one] رسالة غير مقروءة ({ $count })
    [two] رسالتان غير مقروءتين ({ $count })
    [few] { $count } رسائل غير مقروءة
   *[other] { $count } رسالة غير مقروءة
}
inbox-needs-reply = { $count ->
    [0] صندوق الوارد
    [one] صندوق الوارد، محادثة واحدة تحتاج إلى رد
    [two] صندوق الوارد، محادثتان تحتاجان إلى رد
    [few] صندوق الوارد، { $count } محادثات تحتاج إلى رد
   *[other] صندوق الوارد، { $count } محادثة تحتاج إلى رد
}
list-of = المحادثات، { $view }
unread = { $count ->
    [zero] لا رسائل غير مقروءة
    [one] رسالة واحدة غير مقروءة
    [two] رسالتان غير مقروءتين
    [few] { $count } رسائل غير مقروءة
   *[other] { $count } رسالة غير مقروءة
}
write-to = اكتب إلى { $name }
new-messages = { $count ->
    [one] رسالة جديدة واحدة
    [two] رسالتان جديدتان
    [few] { $count } رسائل جديدة
   *[other] { $count } رسالة جديدة
}
says = { $name }: { $words }
message-label = { $author }، { $time }: { $words }
seconds-left = بقي { $seconds } ث
minutes-left = بقي { $minutes } د
minutes-and-seconds-left = بقي { $minutes } د { $seconds } ث
hours-left = بقي { $hours } س
hours-and-minutes-left = بقي { $hours } س { $minutes } د
time-left-to-reply = { $left } للرد بحرية
duration-days = { $count ->
    [one] يوم واحد
    [two] يومين
    [few] { $count } أيام
    [many] { $count } يومًا
   *[other] { $count } يوم
}
duration-hours = { $count ->
    [one] ساعة واحدة
    [two] ساعتين
    [few] { $count } ساعات
   *[other] { $count } ساعة
}
duration-minutes = { $count ->
    [one] دقيقة واحدة
    [two] دقيقتين
    [few] { $count } دقائق
   *[other] { $count } دقيقة
}
last-wrote-ago = آخر رسالة من { $name } منذ { $time }
characters-left = { $count ->
    [zero] لم يبقَ أي حرف
    [one] بقي حرف واحد
    [two] بقي حرفان
    [few] بقيت { $count } أحرف
    [many] بقي { $count } حرفًا
   *[other] بقي { $count } حرف
}
characters-too-many = { $count ->
    [one] حرف واحد زائد
    [two] حرفان زائدان
    [few] { $count } أحرف زائدة
    [many] { $count } حرفًا زائدًا
   *[other] { $count } حرف زائد
}
queued-until = في الانتظار. يطلب واتساب التمهّل، والمحاولة التالية نحو { $time }.
failed-because = { failed }. { $reason }
not-handed-over = لم تُسلَّم إلى Twinbox. { $reason }
shares = الموظفون { $agents } بالمئة، الهاتف { $phone } بالمئة، الروبوتات { $bots } بالمئة
comma = {"، "}
filter-mentions = إشارات إليك
filter-number = الرقم
empty-list-mentions = لم يُشر إليك أحد
empty-list-mentions-hint = تظهر هنا المحادثات التي فيها ملاحظة تضم @ واسمك.
empty-list-number = لا توجد محادثات مع هذا الرقم
nothing-was-unread = لم يكن هنا شيء غير مقروء.
unread-from-here = رسائل جديدة
unread-above = { $count ->
    [zero] لا شيء غير مقروء
    [one] رسالة غير مقروءة
    [two] رسالتان غير مقروءتين
    [few] { $count } رسائل غير مقروءة
   *[other] { $count } رسالة غير مقروءة
}
