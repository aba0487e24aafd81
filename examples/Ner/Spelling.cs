namespace NeuralNet.Examples.Ner;

/// <summary>How a token is written. Much of what tells a name is there, also where the word itself was never seen.</summary>
internal enum Spelling
{
    /// <summary>There is no token: the window reaches beyond the sentence.</summary>
    None,

    /// <summary>All letters small: <c>river</c>.</summary>
    Lower,

    /// <summary>The first letter large and no other: <c>Lisbon</c>, <c>A</c>.</summary>
    Initial,

    /// <summary>All letters large, two or more: <c>UN</c>.</summary>
    Capitals,

    /// <summary>Small and large in another order: <c>McAdam</c>.</summary>
    Mixed,

    /// <summary>Digits and letters: <c>3rd</c>.</summary>
    DigitsAndLetters,

    /// <summary>Digits, no letters: <c>1,024</c>.</summary>
    Digits,

    /// <summary>Neither: <c>;</c>.</summary>
    Sign,
}
