using NeuralNet.Training.Data.Text;

namespace NeuralNet.Examples.Ner;

/// <summary>Sentences made up for this program, with the entities in brackets: <c>[LOC New York]</c>.</summary>
internal static class OwnText
{
    private const string Text = """
        [PER Anna] took the night train from [LOC Lisbon] to [LOC Madrid] .
        [PER Tomas] was born in [LOC Prague] in 1931 .
        The [ORG Northern Shipping Company] opened an office in [LOC Hamburg] .
        She moved to [LOC Oslo] with [PER Marta] and lived in [LOC Norway] for ten years .
        The river runs through [LOC Vienna] and [LOC Budapest] .
        [PER Peter] works for the [ORG Harbour Bank] in [LOC London] .
        The museum in [LOC Paris] shows old [MISC French] maps .
        [ORG Alder Records] sold the album in [LOC Japan] .
        Her first novel , [MISC The Green Door] , was written in [LOC Dublin] .
        He was born in [LOC Athens] and lived in [LOC Rome] .
        The team from [LOC Brazil] won the [MISC Autumn Cup] in 1974 .
        [PER Clara] moved to [LOC New York] in 1988 .
        The [ORG Museum of Clocks] opened in [LOC Geneva] in 1952 .
        There is a small village near [LOC Turin] .
        [PER Ivan] and [PER Olga] took the train to [LOC Moscow] .
        He works for the [ORG Lake Bank] in [LOC Zurich] .
        The [MISC Italian] singer lived in [LOC Milan] .
        It rained for three days , and the river was high .
        [PER Lucas] wrote a book about the birds of [LOC Peru] .
        The company sold its office in [LOC Berlin] .
        [ORG Blue Lamp] is a small company from [LOC Sweden] .
        The road from [LOC Madrid] to [LOC Seville] was closed .
        [PER Maria] was born in [LOC Lisbon] .
        She works for [ORG Alder Records] in [LOC London] .
        The old bridge in [LOC Prague] was closed in 1990 .
        The [MISC German] team won in [LOC Vienna] .
        [PER Peter] wrote [MISC The Long Winter] in 1931 .
        The ship left [LOC Hamburg] and sailed to [LOC Iceland] .
        He took the bus to the village and lived there for a year .
        The [ORG University of Westhaven] has an office in [LOC Paris] .
        [PER Elena] studied at the [ORG University of Northmoor] .
        The train to [LOC Rome] was late .
        The book is about a small village in [LOC Norway] .
        [PER Tomas] and [PER Anna] moved to [LOC Canada] in 1952 .
        The band sold the album in [LOC Germany] and [LOC Sweden] .
        The [MISC French] team won the [MISC Winter Cup] .
        [PER Marta] studied in [LOC Athens] .
        The museum was opened by [PER Clara] in 1974 .
        The [ORG Harbour Bank] sold its office in [LOC Dublin] .
        They lived near [LOC Oslo] for three years .
        The ship sailed from [LOC Lisbon] to [LOC Brazil] .
        [PER Olga] works for the [ORG Northern Shipping Company] .
        The [MISC Japanese] singer lived in [LOC New York] .
        She was born in a small village near [LOC Milan] .
        The first train from [LOC Berlin] to [LOC Moscow] left in 1952 .
        [PER Ivan] wrote a book about the old maps of [LOC Greece] .
        The album was sold by [ORG Blue Lamp] .
        The [ORG Lake Bank] opened in 1931 .
        He sailed to [LOC Iceland] with [PER Lucas] .
        The birds left the lake in autumn .
        The team from [LOC Turin] won in [LOC Geneva] .
        [PER Elena] took the bus to [LOC Seville] .
        The [MISC Spanish] novel was written in [LOC Peru] .
        The road to the village was closed for a year .
        [PER Maria] and [PER Peter] studied in [LOC Zurich] .
        The [ORG Museum of Ships] is in [LOC Hamburg] .
        The river runs through [LOC Rome] .
        [PER Lucas] was born in [LOC Budapest] and moved to [LOC Canada] .
        She wrote [MISC The Green Door] in [LOC Paris] .
        The company opened an office in [LOC Tokyo] .
        [ORG Alder Records] opened an office in [LOC Japan] .
        The night train from [LOC Paris] to [LOC Geneva] was late .
        The singer was born in [LOC Greece] .
        [PER Clara] lived in [LOC London] for ten years .
        The [MISC Winter Cup] was won by a team from [LOC Sweden] .
        There is an old bridge in [LOC Budapest] .
        [PER Anna] sailed from [LOC Dublin] to [LOC New York] .
        The [ORG University of Westhaven] opened in 1988 .
        He moved to [LOC Vienna] and works for the [ORG Harbour Bank] .
        The book was written by [PER Olga] in 1990 .
        The [MISC Italian] band sold its first album in 1974 .
        The train from [LOC Milan] to [LOC Zurich] runs in the night .
        [PER Tomas] took the ship to [LOC Norway] .
        They sold the old house near [LOC Athens] .
        The [ORG Northern Shipping Company] left [LOC Oslo] in 1990 .
        [PER Marta] wrote a novel about [LOC Moscow] .
        The museum in [LOC Madrid] shows ships and clocks .
        [PER Ivan] studied at the [ORG University of Northmoor] in [LOC Canada] .
        The village in [LOC Germany] has a small lake .
        The [MISC German] novel is about a train to [LOC Prague] .
        It was late , and the office was closed .
        The team left for [LOC Tokyo] with [PER Elena] .
        """;

    /// <summary>The sentences.</summary>
    public static IReadOnlyList<TaggedSentence> Sentences { get; } = [.. Text.Split('\n').Select(Parse)];

    private static TaggedSentence Parse(string line)
    {
        List<string> tokens = [], tags = [];
        string tag = Corpus.Outside;
        foreach (string piece in line.Split(' '))
        {
            if (piece[0] == '[')
            {
                tag = piece[1..];
                continue;
            }

            tokens.Add(piece.TrimEnd(']'));
            tags.Add(tag);
            tag = piece[^1] == ']' ? Corpus.Outside : tag;
        }

        return new TaggedSentence(tokens, tags);
    }
}
