//! The words that the invented people write.

/// What is written in a language: a sentence is an opening, an action, an object and a circumstance.
pub(super) struct Language {
    pub(super) heads: &'static [&'static str],
    pub(super) domains: &'static [&'static str],
    pub(super) titles: &'static [&'static str],
    pub(super) industries: &'static [&'static str],
    pub(super) openings: &'static [&'static str],
    pub(super) actions: &'static [&'static str],
    pub(super) objects: &'static [&'static str],
    pub(super) circumstances: &'static [&'static str],
    pub(super) degrees: &'static [&'static str],
}

#[rustfmt::skip]
pub(super) const FRENCH: Language = Language {
    heads: &["Responsable", "Directrice", "Directeur", "Chargé·e", "Cheffe de projet", "Consultant", "Assistante", "Coordinateur",
        "Ingénieure", "Technicien", "Ex-responsable", "Stagiaire", "Adjoint", "Conseillère", "Animatrice", "Gestionnaire"],
    domains: &["trésorerie", "administratif et financier", "communication", "des systèmes d'information", "du développement",
        "contrôle de gestion", "marketing digital", "commercial", "recherche et innovation", "des ressources humaines", "achats",
        "qualité", "logistique", "relations presse", "de la formation", "comptabilité fournisseurs", "éditorial", "de production"],
    titles: &["Trésorier groupe", "DAF à temps partagé", "Journaliste indépendante", "Maîtresse de conférences", "Développeur web",
        "Attachée de presse", "Coach certifié", "Ingénieur d'affaires", "Infirmière libérale", "Boulanger", "Expert-comptable",
        "Community manager", "Contrôleuse de gestion", "Paysagiste", "Professeur des écoles", "Architecte logiciel", "DSI"],
    industries: &["Services financiers", "Édition", "Logiciels", "Santé", "Agroalimentaire", "Conseil", "Recherche", "Bâtiment"],
    openings: &["Depuis plus de dix ans, je", "Aujourd'hui je", "Passionné·e par mon métier, je", "Au quotidien, je",
        "Avec une équipe de douze personnes, je", "Après un début en cabinet, je", "Curieuse de tout, je", "Au sein du groupe, je",
        "Chaque semaine, je", "Entre terrain et bureau, je", "Formé·e sur le tas, je", "D'abord seul, puis à plusieurs, je"],
    actions: &["pilote", "construis", "accompagne", "coordonne avec soin", "ai remis à plat", "développe", "négocie", "raconte",
        "étudie", "mesure et fais connaître", "simplifie", "ai repris", "transmets", "sécurise", "réinvente", "prépare"],
    objects: &["les prévisions de trésorerie", "la relation avec les banques", "des dossiers de fond sur l'énergie",
        "la clôture mensuelle et le reporting", "les outils de gestion des clients", "un réseau de cinquante points de vente",
        "l'équipe de développement et ses pratiques", "la veille technologique du laboratoire", "les recrutements difficiles",
        "des parcours de soins à domicile", "l'automatisation des tâches répétitives", "la ligne éditoriale de la revue",
        "les tableaux de bord de la direction générale", "des jardins partagés en ville", "l'ERP, du cadrage à la recette",
        "une offre destinée aux dirigeants de PME", "la sécurité du système d'information", "les budgets et les plans à trois ans"],
    circumstances: &["pour des entreprises de 20 à 200 personnes.", "dans un contexte de forte croissance.", "à Lyon et à distance.",
        "en lien avec les métiers, sans jargon.", "depuis la création de l'agence en 2012.", "avec l'appui de nos partenaires.",
        "et j'aime que les chiffres soient compris.", "au service de l'intérêt général.", "malgré des délais toujours plus courts.",
        "en français comme en anglais.", "après une fusion difficile.", "parce que le terrain a souvent raison.", "(60 % du temps)."],
    degrees: &["Master", "Licence professionnelle", "Diplôme d'ingénieur", "DCG", "Doctorat", "BTS", "Autodidacte"],
};

#[rustfmt::skip]
pub(super) const ENGLISH: Language = Language {
    heads: &["Head of", "Director of", "VP", "Senior manager,", "Lead", "Consultant in", "Assistant,", "Former head of", "Freelance",
        "Coordinator,", "Chief of", "Trainee in", "Specialist,", "Professor of", "Partner,"],
    domains: &["treasury", "finance and administration", "communications", "information systems", "business development",
        "management accounting", "digital marketing", "sales", "research and innovation", "human resources", "procurement",
        "quality", "logistics", "media relations", "learning", "accounts payable", "content", "software engineering"],
    titles: &["Group Treasurer", "Fractional CFO", "Science journalist", "Associate Professor", "Full-stack developer",
        "PR manager", "Executive coach", "Account executive", "Registered nurse", "Baker", "Chartered accountant", "CTO",
        "Community manager", "Financial controller", "Landscape architect", "Site reliability engineer", "UX researcher"],
    industries: &["Financial services", "Publishing", "Software", "Healthcare", "Food production", "Consulting", "Research"],
    openings: &["For more than ten years I have", "These days I", "With a team of twelve, I", "Every quarter I", "At heart a maker, I",
        "After a start in audit, I", "Self-taught and proud of it, I", "Across four countries I", "Between two meetings I",
        "Most weeks I", "As part of the group I", "Together with our partners I"],
    actions: &["run", "built", "support", "coordinate", "turned around", "develop", "negotiate", "write about", "study", "measure",
        "simplified", "took over", "teach", "secured", "reinvent", "prepare", "help others with"],
    objects: &["cash forecasts and bank relations", "the monthly close", "long reads about energy and climate",
        "customer management tools", "a network of fifty branches", "the engineering team and its habits",
        "technology watch for the lab", "hard-to-fill roles", "home care for older patients", "the automation of repetitive work",
        "the editorial line of a quarterly", "dashboards for the executive board", "community gardens", "the ERP from scope to launch",
        "an offer that helps founders grow revenue", "information security", "budgets and three-year plans"],
    circumstances: &["for companies of 20 to 200 people.", "while the company doubled in size.", "from London and remotely.",
        "close to the business, without jargon.", "since the agency opened in 2012.", "and I care that figures are understood.",
        "in French as well as in English.", "after a difficult merger.", "because the shop floor is often right.", "(60 % of my time).",
        "on a tight budget.", "with measurable results: fewer errors, shorter delays."],
    degrees: &["MSc", "BA", "PhD", "ACCA", "MBA", "Self-taught"],
};

#[rustfmt::skip]
pub(super) const SKILLS: &[&str] = &["SAP", "Kyriba", "Power BI", "Excel avancé", "Gestion de projet", "Trésorerie", "Rédaction", "SEO", "Python",
    "Rust", "SQL", "Négociation", "Relations presse", "Management", "Prospection", "Scrum", "Contrôle de gestion", "IFRS", "Kubernetes",
    "Adobe InDesign", "Formation", "Veille", "Recherche documentaire", "Soins infirmiers", "Audit interne", "CRM", "Design thinking",
    "Public speaking", "Lean", "Comptabilité analytique", "Copywriting", "Machine learning"];

pub(super) const TONGUES: &[&str] = &["fr", "en", "es", "de", "it", "nl"];

pub(super) const PLACES: &[&str] =
    &["Lyon, France", "Nantes, Pays de la Loire", "Lille, Hauts-de-France", "Paris", "Genève, Suisse", "London"];

pub(super) const SYLLABLES: &[&str] =
    &["bel", "mor", "vi", "ta", "lan", "dro", "ker", "né", "sol", "ari", "qua", "tem", "ro", "ple", "zy", "cou"];
