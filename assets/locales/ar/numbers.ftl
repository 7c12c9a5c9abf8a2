your-numbers = الأرقام
numbers-sub = على الهاتف وفي Twinbox في الوقت نفسه
connect-one = ربط رقم
connect-again = إعادة الربط
connect-first = اربط رقمك الأول
connect-first-hint = يبقى على الهاتف، ويرد فريقك من هنا.
connected-numbers = الأرقام المرتبطة
health = السلامة، مما وصل فعلاً
last-day = آخر 24 ساعة، والأغمق أكثر ازدحامًا
health-not-told = تعذّر التحميل. ما يظهر هنا هو آخر ما عُرف.
last-message-in = آخر رسالة واردة
last-by-phone = آخر رد من الهاتف
last-status = آخر حالة تسليم
delay = تأخّر الأحداث
never-yet = لا شيء بعد
no-delay = لا يمكن الجزم بعد
refused = أحداث مرفوضة
refused-explained = غير موقّعة من Meta
access = الوصول لدى Meta
access-works = يعمل
access-ended = انتهى. أعد الربط.
access-ends-soon = ستنهي Meta وصول Twinbox قريبًا، وتعذّر تجديده.
events-sent = أنواع الأحداث
all-events-sent = كل ما يلزم
events-elsewhere = تذهب أحداث الحساب وقوالبه إلى عنوان آخر. أدخل لدى Meta عنوان URL للاستدعاء المذكور في إعدادات Twinbox.
check-now = تحقق الآن
checking = جارٍ سؤال Meta
not-connected = غير مرتبط
not-connected-why = لا يستطيع Twinbox الإرسال من هذا الرقم. وما يصل منه لا يزال يُعرض. اربطه للرد من هنا.
phone-unknown = لا يمكن الجزم بعد بآخر استخدام للهاتف
phone-unknown-why = لم يصل شيء من الهاتف حتى الآن. يبدأ العد عند أول ما يرسله.
phone-in-use = الهاتف قيد الاستخدام
keep-alive-why = بعد 13 يومًا دون استخدام الهاتف ينهي واتساب الارتباط ويلزم الربط من جديد. يزول هذا التنبيه تلقائيًا عند أول ما يرسله الهاتف.
keep-alive-how = تقدير: لا يُعلم واتساب بوقت فتح تطبيقه.
keep-alive-over = مضى 13 يومًا دون استخدام الهاتف، وقد ينهي واتساب الارتباط في أي وقت. إذا حدث ذلك، فأعد ربط الرقم.
what-works-where = ما يعمل وأين
on-the-phone = على الهاتف
in-twinbox = في Twinbox
does-not-apply = لا ينطبق
how-to-disconnect = كيفية إلغاء الربط
on-phone-only = على الهاتف فقط
name-and-speed = الاسم والسرعة
number-name = الاسم في Twinbox
speed = رسائل في الثانية
speed-hint = على الأكثر. تسمح صفحات Meta القديمة بـ 5 لمثل هذا الرقم، والأحدث بـ 20 صادرة وواردة معًا. إذا لم تكن متأكدًا، فاتركها 5.
counts-received = احتساب ما يكتبه العملاء أيضًا
counts-received-hint = للأرقام التي تحتسب Meta حدّها صادرًا وواردًا معًا. يبقى الخُمس دائمًا لما ترسله.
tells-read = يرى العملاء ما قُرئ وأنك تكتب
tells-read-hint = علامات زرقاء عندما يفتح زميل محادثة هنا. أما المديرون المراجعون فلا يتركون أي علامة.
resume = استئناف الإرسال
save = حفظ
saving = جارٍ الحفظ
saved = تم الحفظ
chats-stay = تبقى المحادثات على الهاتف. *ويحتفظ Twinbox بنسخته* للقراءة.
disconnect-iphone = افتح *WhatsApp Business*، واضغط على *الإعدادات* في الأسفل (*أنت* في الإصدارات الأحدث).
disconnect-android = افتح *WhatsApp Business*، واضغط على *النقاط الثلاث* في الأعلى، ثم على *الإعدادات*.
disconnect-account = اضغط على *الحساب*، ثم على *منصة الأعمال*.
disconnect-platform = اضغط على *المنصة* المرتبط بها، ثم على *إلغاء ربط الحساب*.
numbers-needing-attention = { $count ->
    [one] الأرقام، رقم واحد يحتاج إلى انتباه
    [two] الأرقام، رقمان يحتاجان إلى انتباه
    [few] الأرقام، { $count } أرقام تحتاج إلى انتباه
    [many] الأرقام، { $count } رقمًا يحتاج إلى انتباه
   *[other] الأرقام، { $count } رقم يحتاج إلى انتباه
}
seconds-ago = منذ { $count } ث
minutes-ago = منذ { $count } د
hours-ago = منذ { $count } س
days-ago = { $count ->
    [one] منذ يوم واحد
    [two] منذ يومين
    [few] منذ { $count } أيام
    [many] منذ { $count } يومًا
   *[other] منذ { $count } يوم
}
number-working = يعمل، آخر حدث { $ago }
number-silent = آخر حدث { $ago }
number-new = لم يصل شيء بعد
number-phone-quiet = { $days ->
    [zero] الهاتف صامت منذ أقل من يوم
    [one] الهاتف صامت منذ يوم واحد
    [two] الهاتف صامت منذ يومين
    [few] الهاتف صامت منذ { $days } أيام
    [many] الهاتف صامت منذ { $days } يومًا
   *[other] الهاتف صامت منذ { $days } يوم
}
number-suspended = متوقف، أُعيد تسجيل الهاتف
number-disconnected = أُلغي الربط
number-disabled = عطّله واتساب
number-no-access = رفضت Meta الوصول
number-blocked = متوقف، يرفضه واتساب
open-the-phone = { $days ->
    [0] افتح تطبيق الهاتف الآن
    [one] افتح تطبيق الهاتف اليوم
    [two] افتح تطبيق الهاتف خلال يومين
    [few] افتح تطبيق الهاتف خلال { $days } أيام
    [many] افتح تطبيق الهاتف خلال { $days } يومًا
   *[other] افتح تطبيق الهاتف خلال { $days } يوم
}
number-locked = { $name }: سلسلة المفاتيح مقفلة، لا يُرسَل شيء ولا يصل
number-warning = { $days ->
    [0] { $name }: افتح تطبيق الهاتف الآن
    [one] { $name }: افتح تطبيق الهاتف اليوم
    [two] { $name }: افتح تطبيق الهاتف خلال يومين
    [few] { $name }: افتح تطبيق الهاتف خلال { $days } أيام
    [many] { $name }: افتح تطبيق الهاتف خلال { $days } يومًا
   *[other] { $name }: افتح تطبيق الهاتف خلال { $days } يوم
}
quiet-days = { $days ->
    [0] صامت منذ أقل من يوم
   *[other] { $days } من { $of } يوم صمت
}
until-day = حتى { $day }
arrived-in-a-day = { $count ->
    [0] لا شيء في آخر 24 ساعة
   *[other] { $count } في آخر 24 ساعة
}
seconds-short = { $seconds } ث
delays = { $median }، و{ $worst } في أسوأ الحالات
delays-in-full = وصل نصف الأحداث خلال { $median }، و19 من كل 20 خلال { $most }، واستغرق أبطؤها { $worst }.
number-and-cap = { $cap ->
    [one] { $number }، رسالة واحدة في الثانية
    [two] { $number }، رسالتان في الثانية
    [few] { $number }، { $cap } رسائل في الثانية
   *[other] { $number }، { $cap } رسالة في الثانية
}
number-cap-and-people = { $people ->
    [zero] { $about }، ولا يبدأ محادثات
    [one] { $about }، ويبدأ محادثات مع شخص واحد يوميًا
    [two] { $about }، ويبدأ محادثات مع شخصين يوميًا
    [few] { $about }، ويبدأ محادثات مع { $people } أشخاص يوميًا
    [many] { $about }، ويبدأ محادثات مع { $people } شخصًا يوميًا
   *[other] { $about }، ويبدأ محادثات مع { $people } شخص يوميًا
}
cap-range = رقم من 1 إلى { $highest }
events-missing = ناقصة: { $fields }
access-only-until = حتى { $day } فقط. أعد الربط.
access-until = يعمل، حتى { $day }
notices = ما يقوله واتساب
notice-flagged = يقيّم واتساب جودة رسائل هذا الرقم بأنها منخفضة.
notice-unflagged = عاد واتساب ليقيّم جودة رسائل هذا الرقم بأنها جيدة.
notice-faster = يمكن لهذا الرقم الإرسال بوتيرة أسرع.
notice-people = { $people ->
    [zero] لا يجوز لهذا الرقم أن يبدأ بمراسلة أحد في اليوم.
    [one] يجوز لهذا الرقم أن يبدأ بمراسلة شخص واحد في اليوم.
    [two] يجوز لهذا الرقم أن يبدأ بمراسلة شخصين في اليوم.
    [few] يجوز لهذا الرقم أن يبدأ بمراسلة { $people } أشخاص في اليوم.
    [many] يجوز لهذا الرقم أن يبدأ بمراسلة { $people } شخصًا في اليوم.
   *[other] يجوز لهذا الرقم أن يبدأ بمراسلة { $people } شخص في اليوم.
}
notice-people-other = غيّر واتساب عدد الأشخاص الذين يجوز لهذا الرقم أن يبدأ بمراسلتهم.
notice-removed = أُلغي ربط الرقم.
notice-offboarded = أُعيد تسجيل الهاتف.
notice-reconnected = أعاد واتساب ربط الرقم.
notice-added = تم ربط الرقم.
notice-deleted = حُذف حساب واتساب.
notice-disabled = عطّل واتساب الحساب.
notice-reinstated = أعاد واتساب الحساب.
notice-will-be-disabled = سيعطّل واتساب الحساب.
notice-will-be-disabled-on = سيعطّل واتساب الحساب: { $day }.
notice-name = راجع واتساب اسم العرض.
notice-name-approved = وافق واتساب على اسم العرض.
notice-this-name-approved = وافق واتساب على اسم العرض { $name }.
notice-name-declined = رفض واتساب اسم العرض.
notice-this-name-declined = رفض واتساب اسم العرض { $name }.
notice-restricted = يقيّد واتساب الحساب: { $what }.
notice-restricted-until = يقيّد واتساب الحساب حتى { $day }: { $what }.
restricted-first = لا رسائل إلى من لم يراسلك
restricted-answers = لا ردود على من يراسلك
restricted-utility = لا قوالب خدمية
restricted-numbers = لا أرقام إضافية
restricted-calls = لا مكالمات
restricted-other = بعض الأمور غير مسموح بها
notice-violation = خالف الحساب إحدى قواعد واتساب. يرى مالكه أيّها في دعم Meta للأعمال.
notice-and-remedy = { $notice } ما يقول واتساب إنه يفيد: { $remedy }
notice-review = يراجع واتساب الحساب.
notice-review-approved = راجع واتساب الحساب ووافق عليه.
notice-review-rejected = راجع واتساب الحساب ورفضه.
notice-alert = هناك ما يجب الاطلاع عليه في مدير واتساب.
notice-alert-says = يجب الاطلاع عليه في مدير واتساب: { $what }
notice-app = مُنح تطبيق حق الوصول إلى الحساب.
notice-app-gone = فقد تطبيق حق الوصول إلى الحساب.
notice-error = أبلغ واتساب عن خلل (الرمز { $code }).
notice-pin-asked = طلب أحدهم إعادة تعيين رمز PIN لهذا الرقم. إن لم يكن أحدًا منكم، فغيّره في مدير واتساب.
notice-pin-changed = تم تغيير رمز PIN لهذا الرقم.
notice-other = أبلغ واتساب عن أمر يخص الحساب لا يعرفه Twinbox بعد.
