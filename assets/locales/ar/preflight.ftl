check-title = ربط رقم
check-lede = يرد فريقك من هنا ويبقى WhatsApp Business على الهاتف. أولاً تحقق سريع، حتى لا يتوقف شيء في منتصف الطريق.
checks = عمليات التحقق
version-label = إصدار WhatsApp Business على الهاتف
number-label = الرقم مع رمز الدولة
phone-at-hand = الهاتف في متناول اليد ومشحون ومتصل بالإنترنت
phone-at-hand-hint = ستمسح به رمزًا أو تكتب فيه رمزًا.
days-label = أيام الاستخدام
days = { $count ->
    [two] يومان
    [few] أيام
    [many] يومًا
   *[other] يوم
}
unlinking = سيُلغى ربط كل الأجهزة المرتبطة
unlinking-hint = يُسجَّل الخروج من واتساب ويب وسطح المكتب والأجهزة اللوحية. اربطها من جديد بعد ذلك، ما عدا واتساب لنظام Windows وساعات Wear OS، فهي تبقى غير مدعومة.
i-understand = فهمت ذلك
understood = مفهوم
admin-question = هل أنت مسؤول في حافظة الأعمال لدى Meta؟
admin-hint = لا يستطيع ربط رقم إلا مسؤول. تُبيّن إعدادات الأعمال لدى Meta، ضمن الأشخاص، ما هو دورك.
admin-yes = أنت مسؤول في حافظة الأعمال لدى Meta
admin-yes-hint = لا يستطيع ربط رقم إلا مسؤول.
admin-no = لست مسؤولاً في حافظة الأعمال لدى Meta
admin-no-hint = لا يستطيع ربط رقم إلا مسؤول. اطلب من أحد المسؤولين، أو دعه يسجّل الدخول لهذه الخطوة.
copy-request = نسخ الطلب
yes = نعم
no = لا
you-told = بحسب قولك
continue-to-sign-up = المتابعة إلى التسجيل
everything-that-changes = كل ما يتغير على الهاتف
stays-title = يبقى كما هو على الهاتف
switches-off-title = يتوقف
good-to-know = من المفيد أن تعرف
about-ten-minutes = نحو 10 دقائق، ثم تصل المحادثات من تلقاء نفسها
disconnect-any-time = يمكنك إلغاء الربط من الهاتف في أي وقت
phone-changes = ما يتغير على الهاتف
admin-request = مرحبًا، أود ربط رقم WhatsApp Business الخاص بنا بصندوق الوارد المشترك. لا تسمح Meta بذلك إلا لمسؤول في حافظة أعمالنا. هل يمكنك أن تجعلني مسؤولاً (business.facebook.com، الإعدادات، الأشخاص)، أو أن نقوم بهذه الخطوة معًا؟ يستغرق الأمر نحو عشر دقائق، ويجب أن يكون هاتف WhatsApp Business في متناول اليد. شكرًا لك.
stays-1 = كل المحادثات والمجموعات والمكالمات
stays-2 = تصنيفاتك وردودك السريعة
stays-3 = تبقى الردود من الهاتف مجانية
switches-off-1 = الرسائل ذاتية الاختفاء والعرض لمرة واحدة
switches-off-2 = الموقع المباشر
switches-off-3 = قوائم الرسائل الجماعية الجديدة. وتصبح القديمة للقراءة فقط
comparison-phone = على الهاتف بعد ذلك
comparison-twinbox = في Twinbox
version-not-told = ما إصدار WhatsApp Business على الهاتف؟
version-where = على الهاتف: الإعدادات، المساعدة، ثم معلومات التطبيق إن وُجدت. يلزم الإصدار 2.24.17 أو أحدث.
version-not-read = هذا ليس رقم إصدار
version-as-shown = اكتبه كما يظهر على الهاتف، مثل 2.26.31.
version-too-old = إصدار WhatsApp Business { $version } قديم جدًا
version-update = حدّثه من متجر التطبيقات على الهاتف. يلزم الإصدار 2.24.17 أو أحدث.
version-fine = WhatsApp Business { $version }
version-needed = يلزم الإصدار 2.24.17 أو أحدث.
country-not-told = أي رقم تريد ربطه؟
country-not-told-hint = مع رمز الدولة. ليست كل الدول مسموحًا بها.
country-not-read = تعذّر تحديد الدولة
country-not-read-hint = ابدأ برمز الدولة، مثل ‪+44‬. إذا كان صحيحًا، فيمكنك المتابعة: القرار لـ Meta.
country-refused = لا يمكن ربط أرقام من { $country }
country-refused-hint = أدرجت Meta الأرقام التي تبدأ بـ { $code } ضمن غير المدعومة حتى { $listed } على الأقل. وفي { $unlisted } لم تعد صفحتها تتضمن هذه القائمة. إلى أن يتأكد ذلك، يتوقف Twinbox هنا؛ ولم يتغير شيء على الهاتف. المصدر: { $source }.
either-country = { $one } أو { $other }
country-allowed = الدولة مسموح بها: { $country }
country-allowed-hint = مأخوذة من { $number }. تحدد Meta هذه القائمة.
use-not-told = منذ متى والرقم في WhatsApp Business؟
use-not-told-hint = { use-hint } لشهر أو أكثر، اكتب 30.
use-short-hint = { use-hint } يمكنك المحاولة الآن. إذا رُفض الطلب، فعُد في { $when }.
use-hint = { $least ->
    [one] يشترط واتساب يومًا واحدًا أو أكثر.
    [two] يشترط واتساب يومين أو أكثر.
    [few] يشترط واتساب { $least } أيام أو أكثر.
    [many] يشترط واتساب { $least } يومًا أو أكثر.
   *[other] يشترط واتساب { $least } يوم أو أكثر.
}
in-use-for = { $days ->
    [zero] قيد الاستخدام منذ أقل من يوم
    [one] قيد الاستخدام منذ يوم واحد
    [two] قيد الاستخدام منذ يومين
    [few] قيد الاستخدام منذ { $days } أيام
    [many] قيد الاستخدام منذ { $days } يومًا
   *[other] قيد الاستخدام منذ { $days } يوم
}
to-fix-first = { $count ->
    [one] أمر واحد يجب إصلاحه أولاً
    [two] أمران يجب إصلاحهما أولاً
    [few] { $count } أمور يجب إصلاحها أولاً
    [many] { $count } أمرًا يجب إصلاحها أولاً
   *[other] { $count } أمر يجب إصلاحها أولاً
}
to-answer = { $count ->
    [one] سؤال واحد ينتظر الإجابة
    [two] سؤالان ينتظران الإجابة
    [few] { $count } أسئلة تنتظر الإجابة
    [many] { $count } سؤالاً ينتظر الإجابة
   *[other] { $count } سؤال ينتظر الإجابة
}
month-1 = يناير
month-2 = فبراير
month-3 = مارس
month-4 = أبريل
month-5 = مايو
month-6 = يونيو
month-7 = يوليو
month-8 = أغسطس
month-9 = سبتمبر
month-10 = أكتوبر
month-11 = نوفمبر
month-12 = ديسمبر
day-of-year = { $date } { $month } { $year }
month-of-year = { $month } { $year }
