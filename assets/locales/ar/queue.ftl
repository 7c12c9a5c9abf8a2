queue = قائمة الانتظار
queue-sub = الموظفون أولاً، ثم الردود الآلية، ثم الحملات.
pause-everything = إيقاف الكل مؤقتًا
resume-everything = استئناف الكل
pause-sending = إيقاف الإرسال مؤقتًا
resume-sending = استئناف الإرسال
speed-of-numbers = سرعة كل رقم
queued-messages = الرسائل المنتظرة
last-minute = آخر 60 ث
last-minute-label = عدد الرسائل في الثانية خلال الدقيقة الأخيرة
needs-decision = تحتاج إلى قرارك
decision-why = انقطع الاتصال أثناء إرسالها، ولم يؤكدها واتساب. راجع المحادثة على الهاتف ثم اختر؛ أو انتظر، فقد تُؤكَّد لاحقًا.
not-delivered = لم يتم التسليم
last-7-days = آخر 7 أيام
show-messages = إظهار الرسائل أو إخفاؤها
change-time = تغيير الوقت
all-numbers = كل الأرقام
show-only = عرض ما ينتظر في
pause-lane = إيقاف هذه مؤقتًا
resume-lane = استئناف هذه
paused = متوقف مؤقتًا
retry-all = إعادة محاولة الكل
send-them = إرسالها
retry-group = { $count ->
    [one] إرسال هذه الرسالة من جديد؟
    [two] إرسال هاتين الرسالتين من جديد؟
    [few] إرسال { $count } رسائل من جديد؟
   *[other] إرسال { $count } رسالة من جديد؟
}
to-be-sent-later = للإرسال لاحقًا
queue-empty-hint = ما ترسله يغادر فورًا.
cancel-them = إلغاؤها
keep-them = الاحتفاظ بها
cancel-all = إلغاء الكل
show-more = عرض المزيد
sending-now = تُرسل الآن
cannot-tell = لا يمكن الجزم بعد
undo = تراجع
send-now = إرسال الآن
send-later = إرسال لاحقًا
send-later-menu = إرسال لاحقًا…
send-at = التاريخ والوقت
schedule = جدولة
in-an-hour = بعد ساعة
tomorrow-morning = غدًا، 9:00
wrong-time = اختر تاريخًا ووقتًا في المستقبل، مثل ‪2026-11-30T09:00‬.
undo-time = مهلة التراجع
undo-hint = تنتظر الردود هذه المدة قبل أن تغادر، ويمكن التراجع عنها.
lane-agent = ردود الموظفين
lane-agent-hint = لا تنتظر خلف حملة أبدًا
lane-automation = الردود الآلية
lane-campaign = الحملات
lane-campaign-hint = تستخدم ما يتبقى
wait-explained-on-the-wire = في طريقها إلى واتساب.
wait-explained-turn = أمامها رسائل أخرى.
wait-explained-earlier = تغادر الرسائل إلى الشخص الواحد واحدة تلو الأخرى.
wait-explained-same-person = يسمح واتساب بنحو رسالة واحدة كل 6 ثوانٍ للشخص نفسه.
wait-explained-doubt = لا أحد يعرف بعد إن كانت الرسالة التي قبلها قد أُرسلت.
wait-explained-upload = ملفها في طريقه إلى واتساب.
wait-explained-retry = طلب واتساب التمهّل، أو تعذّر الوصول إليه. تُعاد المحاولة تلقائيًا.
wait-explained-paused = أوقف أحدهم هذا الرقم أو هذا المسار مؤقتًا.
wait-explained-number-cannot = لا يستطيع هذا الرقم الإرسال الآن. صفحته تبيّن السبب.
wait-explained-unknown = لا أحد يعرف إن كانت قد أُرسلت.
gauge-slow = مُبطَّأ
gauge-waiting = في الانتظار
gauge-quiet = هادئ
of-cap = من { $cap } في هذه الثانية
gauge = { $busy } من { $cap } في هذه الثانية
gauge-patience = يطلب واتساب التمهّل، ويُستأنف بعد { $time }.
gauge-slower = طلب واتساب وتيرة أبطأ: { $pace } في الثانية الآن.
gauge-nothing = لا شيء في الانتظار.
gauge-done-in = { $count } في الانتظار، تنتهي بعد { $time }.
gauge-waits = { $count } في الانتظار.
paused-by = أوقفه { $who } منذ { $since }.
sent-in-a-day = أُرسلت { $count } في 24 س
queue-waiting = { $count } في الانتظار
queue-decisions = { $count ->
    [one] رسالة واحدة تحتاج إلى قرار
    [two] رسالتان تحتاجان إلى قرار
    [few] { $count } رسائل تحتاج إلى قرار
   *[other] { $count } رسالة تحتاج إلى قرار
}
queue-paused = الإرسال متوقف مؤقتًا
minutes-short = { $minutes } د
hours-and-minutes-short = { $hours } س { $minutes } د
wait-number-cannot = الرقم لا يستطيع الإرسال
wait-upload = جارٍ رفع الملف
wait-earlier = بعد التي قبلها
wait-same-person = الشخص نفسه
wait-doubt = واحدة غير مؤكدة
wait-slowed-down = مُبطَّأة
queued-paused = في الانتظار، الإرسال متوقف مؤقتًا.
queued-number-cannot = في الانتظار حتى يستطيع الرقم الإرسال من جديد.
queued-upload = في الانتظار، جارٍ رفع ملفها.
queued-in-line = في الانتظار، ترتيبها { $place }، نحو { $time }.
queued-in-line-because = في الانتظار، ترتيبها { $place }، نحو { $time }، { $why }.
ordinal = { $place }
cancel-to = إلغاء الرسالة إلى { $name }
retry-to = إرسال الرسالة إلى { $name } مرة أخرى
cancel-lane = { $count ->
    [one] إلغاء الرسالة المنتظرة هنا؟
    [two] إلغاء الرسالتين المنتظرتين هنا؟
    [few] إلغاء { $count } رسائل تنتظر هنا؟
   *[other] إلغاء { $count } رسالة تنتظر هنا؟
}
scheduled-for = ستُرسل { $when }.
leaves-in = تغادر بعد { $seconds } ث.
undo-off = إيقاف
write-anew = اكتب إليهم من جديد.
nothing-helps = لا شيء يفيد.
pause-message = إيقاف مؤقت
resume-message = استئناف
wait-paused-by = أوقفها { $who } مؤقتًا
wait-behind-paused = بعد رسالة متوقفة
wait-explained-held = أوقف أحدهم هذه الرسالة مؤقتًا.
wait-explained-behind-held = الرسالة التي قبلها إلى الشخص نفسه متوقفة مؤقتًا، ويُحفظ الترتيب.
queued-held = متوقفة مؤقتًا.
queued-behind-held = في الانتظار خلف رسالة متوقفة.
pause-to = إيقاف الرسالة إلى { $name } مؤقتًا
resume-to = استئناف الرسالة إلى { $name }
show-all-of = عرض الكل ({ $count })
gauge-cannot-send = لا يستطيع الإرسال
gauge-why = صفحته تبيّن السبب.
gauge-waits-and-why = { $count } في الانتظار حتى يستطيع الإرسال من جديد؛ وصفحته تبيّن السبب.
