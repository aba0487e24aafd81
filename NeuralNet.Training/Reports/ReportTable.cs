namespace NeuralNet.Training.Reports;

/// <summary>A table of texts; the first column names the row. It scrolls where the page is too narrow.</summary>
internal static class ReportTable
{
    /// <summary>Writes a table.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="label">What it shows, for those who do not see it.</param>
    /// <param name="heads">The heads of the columns.</param>
    /// <param name="rows">The cells of each row.</param>
    public static void Write(HtmlWriter html, string label, IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<string>> rows)
    {
        using (html.In("div", ("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-label", label)))
        using (html.In("table"))
        {
            using (html.In("thead"))
            using (html.In("tr"))
            {
                foreach (string head in heads)
                {
                    html.Element("th", head, ("scope", "col"));
                }
            }

            using (html.In("tbody"))
            {
                foreach (IReadOnlyList<string> row in rows)
                {
                    using (html.In("tr"))
                    {
                        html.Element("th", row[0], ("scope", "row"));
                        foreach (string cell in row.Skip(1))
                        {
                            html.Element("td", cell);
                        }
                    }
                }
            }
        }
    }
}
