package gen

import "strings"

// The lists are short and common on purpose: real files are full of the same
// names.
var (
	firstNames = strings.Fields(`Anna Johan Maria Pieter Els Karel Femke Bram Sanne Luuk Lotte Thijs Noor Daan Fleur Ruben Hanneke Joost Marieke Wout
		Griet Koen Lieve Stijn An Bart Veerle Dirk Ilse Tom Nele Wim Katrien Jef Goedele Maarten Saskia Henk Ria Gerrit Truus Cornelis Willemijn
		Fatima Mohamed Aïcha Youssef Yasmin Ahmed Emine Mehmet Zeynep Ali Kadisha Ravi Shanti Wei Mei Olga Piotr Agnieszka Tomasz Ana João
		René Zoë Chloé André Noël Loïs Hélène Jérôme Françoise Björn Søren Inés Jan Jo Ko Ada Ida Otto`)
	infixes  = []string{"van", "de", "van de", "van der", "van den", "den", "der", "ter", "ten", "'t", "van 't", "in 't", "op de", "vd"}
	surnames = strings.Fields(`Jansen Janssen Jansens Bakker Visser Smit Smid Smits Mulder Meijer Meyer Meier Dekker Dijkstra Brouwer Berg Dijk Dyck Bos Vos Vries
		Graaf Leeuwen Linden Heuvel Broek Veen Laan Meulen Molenaar Peeters Pieters Maes Claes Wouters Goossens Lambrecht Dubois Lambert Martens
		Mertens Willems Hermans Aerts Michiels Hendriks Hendrickx Kuipers Kuijpers Schouten Verhoeven Verhaegen Timmermans Postma Hoekstra
		Yilmaz Öztürk Demir Bouazza Benali Singh Nguyen Kowalski Nowak Ferreira Sørensen Müller Crèvecœur Groeneveld Zwart Wit Bruin Hart Hond Wal`)
	towns = []string{"Utrecht", "Amersfoort", "Zwolle", "Groningen", "Leeuwarden", "Assen", "Arnhem", "Nijmegen", "Tilburg", "Breda", "Eindhoven",
		"'s-Hertogenbosch", "Maastricht", "Rotterdam", "Den Haag", "Leiden", "Haarlem", "Amsterdam", "Almere", "Middelburg", "Sluis", "Terneuzen"}
	belgianTowns = []string{"Gent", "Brugge", "Antwerpen", "Leuven", "Hasselt", "Kortrijk", "Mechelen", "Aalst", "Genk", "Oostende", "Liège", "Namur"}
	streets      = strings.Fields(`Kerkstraat Dorpsstraat Molenweg Stationsplein Lindelaan Eikenlaan Schoolstraat Havenkade Achterweg Julianalaan Markt
		Veerdam Zandpad Bosrand Weverstraat Smedenstraat Brink Kanaaldijk Nieuwstraat Hoogstraat`)
	trades = []string{"Bakkerij", "Garage", "Bouwbedrijf", "Drukkerij", "Installatiebedrijf", "Kwekerij", "Transport", "Slagerij", "Apotheek",
		"Administratiekantoor", "Schildersbedrijf", "Rijschool", "Advies", "Techniek"}
	forms     = []string{"BV", "VOF", "& Zn.", "NV", "BVBA", "Groep"}
	domains   = []string{"post.example", "brief.example", "mail.example", "thuis.example", "kantoor.example"}
	levels    = []string{"basis", "basis", "basis", "plus", "premium"}
	relations = []string{"klant", "klant", "klant", "klant", "klant", "klant", "prospect", "oud-klant"}
	remarks   = []string{"belt liever dan te mailen", "graag na vijf uur", "spreekt liever Frans", "rekening altijd op papier", "kent de monteur bij naam"}
)
