//! What the people of a made-up past are called and say, in their languages.

/// A language, where its speakers are, and their words.
pub(super) struct Tongue {
    /// What their phone numbers begin with; seven digits follow.
    pub prefix: &'static str,
    /// Given names.
    pub given: [&'static str; 5],
    /// Family names.
    pub family: [&'static str; 5],
    /// What customers write.
    pub customer: [&'static str; 6],
    /// What the phone answers.
    pub business: [&'static str; 4],
}

/// All of them. Right to left, without spaces, with accents and with emoji.
pub(super) const TONGUES: [Tongue; 8] = [
    Tongue {
        prefix: "1650",
        given: ["Pablo", "Grace", "Owen", "Wren", "Priya"],
        family: ["Morales", "Okafor", "Quinn", "Abel", "Raman"],
        customer: [
            "Is the blue one still there? 🚲",
            "Could you also look at the brakes?",
            "Thank you so much!",
            "How much would two oak stools be?",
            "I'll come by after work, around *half past five*.",
            "The wheel is wobbling again 😬",
        ],
        business: [
            "Yes, we keep it until Friday.",
            "It's ready: https://tandemandoak.example/orders/17",
            "Good morning! That would be 45, parts included.",
            "Just bring it in, we'll have a look while you wait 🔧",
        ],
    },
    Tongue {
        prefix: "4915",
        given: ["Anna", "Björn", "Greta", "Jürgen", "Paula"],
        family: ["Bauer", "Fischer", "Schäfer", "Weiß", "Brandt"],
        customer: [
            "Danke, bis morgen!",
            "Ist mein Rad schon fertig?",
            "Können Sie die Bank auch in 160 cm bauen?",
            "Super, das passt 👍",
            "Was kostet eine große Inspektion?",
            "Die Tür vom Schrank klemmt, seit geheizt wird.",
        ],
        business: [
            "Guten Morgen! Ja, ab 14 Uhr können Sie es abholen.",
            "Das machen wir gern. Eiche oder Esche?",
            "Kein Problem, wir sehen es uns an.",
            "89 Euro, mit Kette 109.",
        ],
    },
    Tongue {
        prefix: "9627",
        given: ["نور", "ليلى", "سامر", "هدى", "كريم"],
        family: ["حداد", "الحسيني", "منصور", "خليل", "عطية"],
        customer: [
            "شكراً جزيلاً",
            "هل أصبحت الدراجة جاهزة؟",
            "كم سعر الطاولة بطول 180 سم؟",
            "سأتأخر عشر دقائق، أعتذر 🙏",
            "هل يمكن الدفع بالبطاقة؟",
            "الموديل Shimano HG-X11",
        ],
        business: [
            "أهلاً وسهلاً، نعم يمكنك إحضارها اليوم.",
            "السعر ٤٥ مع التركيب.",
            "جاهزة، نحن هنا حتى السادسة.",
            "سأسأل وأعود إليك.",
        ],
    },
    Tongue {
        prefix: "8190",
        given: ["美咲", "健一", "さくら", "大輔", "由紀"],
        family: ["佐藤", "田中", "鈴木", "高橋", "渡辺"],
        customer: [
            "ありがとうございます。",
            "高さは45cmでしょうか?",
            "このテーブルに合わせたいです",
            "とても助かります🙇‍♀️",
            "送料はおいくらですか?",
            "では、その内容で注文します。",
        ],
        business: [
            "はい、12日ほどで届きます。",
            "承知しました。",
            "Yes, we ship to Japan.",
            "写真をお送りします。",
        ],
    },
    Tongue {
        prefix: "4670",
        given: ["Zoë", "Søren", "Ingrid", "Björk", "Åsa"],
        family: ["Lindqvist", "Öberg", "Nyström", "Åkesson", "Björklund"],
        customer: [
            "Hej! Är tandemcykeln ledig i helgen?",
            "Tack så mycket 💛",
            "Kan ni leverera till Malmö?",
            "Vi kommer vid nio.",
            "Hur ofta ska jag olja kedjan?",
            "Toppen, då säger vi så.",
        ],
        business: [
            "Hej! Ja, den är ledig.",
            "Det går bra, 300 kr.",
            "Välkomna!",
            "Var hundrade kilometer, ungefär.",
        ],
    },
    Tongue {
        prefix: "9725",
        given: ["נועם", "דנה", "יעל", "איתי", "מאיה"],
        family: ["ברק", "לוי", "כהן", "פרץ", "גולן"],
        customer: [
            "תודה רבה!",
            "מתי המדף יהיה מוכן?",
            "אפשר לשנות את האורך ל־90 ס״מ?",
            "אז אני בא מחר בבוקר.",
            "בסדר גמור 👍",
            "יש לכם גם מתלה לאופניים לקיר?",
        ],
        business: [
            "שלום! הוא יהיה מוכן ביום חמישי.",
            "כן, אין בעיה.",
            "אנחנו פתוחים עד שש.",
            "שולח תמונה.",
        ],
    },
    Tongue {
        prefix: "5511",
        given: ["Inês", "João", "Tomás", "Conceição", "Rafael"],
        family: ["Oliveira", "Araújo", "Guimarães", "Simões", "Costa"],
        customer: [
            "Oi, bom dia! Vocês consertam cadeiras?",
            "Obrigada 😊",
            "Quanto fica a revisão completa?",
            "Pode ser amanhã às 10h?",
            "A corrente está pulando de novo 🙈",
            "Combinado, então.",
        ],
        business: [
            "Bom dia! Consertamos, sim.",
            "Fica 180, com peças.",
            "Pode, sim. Até amanhã!",
            "Traz aqui que a gente olha.",
        ],
    },
    Tongue {
        prefix: "3806",
        given: ["Олена", "Андрій", "Марія", "Тарас", "Софія"],
        family: ["Ковальчук", "Шевченко", "Бондар", "Мельник", "Коваль"],
        customer: [
            "Дякую! Буду о десятій.",
            "Чи працюєте ви в суботу?",
            "Гальма скриплять, подивитесь?",
            "Супер, домовились 😊",
            "Скільки коштує дубова лава?",
            "Ось такі колодки стоять зараз",
        ],
        business: [
            "Добрий день! Так, до четвертої.",
            "Четвер о 10:00 підійде?",
            "Приблизно годину.",
            "420, три тижні.",
        ],
    },
];

/// What usernames of the past begin with.
pub(super) const HANDLES: [&str; 5] = ["pedal", "oak", "tandem", "spoke", "bench"];

/// What people react with.
pub(super) const EMOJI: [&str; 5] = ["👍", "❤️", "😂", "🙏", "🚲"];
