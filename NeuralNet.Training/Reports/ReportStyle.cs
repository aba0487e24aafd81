namespace NeuralNet.Training.Reports;

/// <summary>How the report looks, light and dark, wide, narrow and on paper. Colours of curves are told apart by the colour-blind (Okabe and Ito 2008).</summary>
internal static class ReportStyle
{
    /// <summary>The style sheet, without a character that XML would escape.</summary>
    public const string Css = """

        :root { color-scheme: light dark; --page: #ffffff; --panel: #f6f7f9; --text: #1b1f24; --muted: #57606a; --line: #d5dbe1;
          --blue: #0072b2; --orange: #c25400; --green: #00795a; --wrong: #b3401f; }
        @media (prefers-color-scheme: dark) {
          :root { --page: #0f1318; --panel: #181d24; --text: #e6e9ee; --muted: #a0a9b4; --line: #323b46;
            --blue: #56b4e9; --orange: #f0974e; --green: #2fc498; --wrong: #ff9d7a; }
        }
        * { box-sizing: border-box; }
        html { font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; -webkit-text-size-adjust: 100%; }
        body { margin: 0; background: var(--page); color: var(--text); }
        main { max-width: 1060px; margin: 0 auto; padding: 28px 20px 56px; }
        h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .35rem; overflow-wrap: anywhere; }
        h2 { font-size: 1.25rem; margin: 2.6rem 0 .8rem; padding-top: .8rem; border-top: 1px solid var(--line); }
        h3 { font-size: 1rem; margin: 1.6rem 0 .6rem; }
        h4 { font-size: .8125rem; font-weight: 400; color: var(--muted); margin: 0 0 .2rem; }
        p { margin: 0 0 .9rem; max-width: 75ch; }
        .lead { color: var(--muted); overflow-wrap: anywhere; max-width: none; }
        .note { color: var(--muted); font-size: .875rem; }
        .cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px; margin: 1.2rem 0; }
        .cards div { background: var(--panel); border-radius: 8px; padding: 12px 14px; }
        .cards dt { font-size: .8125rem; color: var(--muted); }
        .cards dd { margin: 0; font-size: 1.5rem; font-weight: 600; line-height: 1.3; font-variant-numeric: tabular-nums; }
        .cards dd.note { font-size: .8125rem; font-weight: 400; overflow-wrap: anywhere; }
        nav { display: flex; flex-wrap: wrap; gap: 4px 18px; }
        a { color: var(--blue); text-underline-offset: 3px; }
        .charts { margin-bottom: .9rem; display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 400px), 1fr)); gap: 16px; }
        figure { margin: 0; background: var(--panel); border-radius: 8px; padding: 14px 14px 8px; min-width: 0; break-inside: avoid; }
        figcaption { font-weight: 600; overflow-wrap: anywhere; }
        figure.parameter { margin-bottom: 12px; } figure .charts { margin-bottom: 0; }
        .strip { min-width: 0; }
        svg { display: block; width: 100%; max-width: 560px; height: auto; }
        svg text { font-size: 12.5px; fill: var(--muted); font-variant-numeric: tabular-nums; }
        svg image { image-rendering: pixelated; }
        .grid-line { stroke: var(--line); stroke-width: 1; }
        .axis { stroke: var(--muted); stroke-width: 1; }
        .curve { fill: none; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
        .curve.a { stroke: var(--orange); } .curve.b { stroke: var(--blue); } .curve.c { stroke: var(--green); }
        .dot.a, .key.a { fill: var(--orange); background: var(--orange); }
        .dot.b, .key.b { fill: var(--blue); background: var(--blue); }
        .dot.c, .key.c { fill: var(--green); background: var(--green); }
        .band { fill: transparent; } .band:hover { fill: var(--muted); fill-opacity: .25; }
        .best { fill: var(--panel); stroke-width: 2; } .best.a { stroke: var(--orange); } .best.b { stroke: var(--blue); } .best.c { stroke: var(--green); }
        .point { fill: var(--blue); fill-opacity: .55; }
        .diagonal { stroke: var(--muted); stroke-width: 1.5; stroke-dasharray: 5 4; }
        .legend { display: flex; flex-wrap: wrap; gap: 0 16px; list-style: none; margin: 0 0 4px; padding: 0; font-size: .875rem; color: var(--muted); font-variant-numeric: tabular-nums; }
        .key { display: inline-block; width: 14px; height: 4px; border-radius: 2px; margin-right: 6px; vertical-align: middle; }
        .scroll { overflow-x: auto; margin-bottom: .9rem; }
        table { border-collapse: collapse; font-size: .875rem; font-variant-numeric: tabular-nums; }
        th, td { padding: 4px 12px; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap; }
        thead th { color: var(--muted); font-weight: 400; }
        th:first-child { text-align: left; padding-left: 0; font-weight: 600; }
        thead th:first-child { font-weight: 400; }
        #settings thead th { text-align: left; }
        #settings td { text-align: left; white-space: normal; overflow-wrap: anywhere; }
        #settings tbody th { font-weight: 400; color: var(--muted); vertical-align: top; }
        .confusion th, .confusion td { padding: 5px 9px; }
        .confusion td { min-width: 42px; text-align: center; border: 2px solid var(--page); border-radius: 5px; }
        .confusion thead th { text-align: center; } .confusion thead th:first-child { text-align: left; }
        .hit { background: color-mix(in srgb, var(--blue) var(--s), var(--panel)); }
        .miss { background: color-mix(in srgb, var(--orange) var(--s), var(--panel)); }
        .wrong { color: var(--wrong); }
        .pixels { image-rendering: pixelated; display: block; object-fit: contain; }
        .matrix { width: 100%; max-width: 512px; background: var(--panel); }
        .samples, .units { list-style: none; margin: 0; padding: 0; display: grid; gap: 12px; }
        .samples { grid-template-columns: repeat(auto-fill, minmax(112px, 1fr)); font-size: .875rem; line-height: 1.35; }
        .samples img { margin-bottom: 6px; border-radius: 4px; background: var(--panel); }
        .samples div { overflow-wrap: anywhere; }
        .samples .note { font-size: .75rem; }
        .units { grid-template-columns: repeat(auto-fill, minmax(56px, 1fr)); gap: 6px; }
        .units img { width: 100%; border-radius: 3px; }
        pre { background: var(--panel); border-radius: 8px; padding: 12px 14px; overflow-x: auto; font: .8125rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
        :focus-visible { outline: 2px solid var(--blue); outline-offset: 2px; }
        @media (max-width: 480px) { svg text { font-size: 15px; } main { padding: 18px 14px 40px; } .cards { grid-template-columns: 1fr 1fr; gap: 8px; } .cards dd { font-size: 1.25rem; } .confusion th, .confusion td { padding: 4px 5px; } .confusion td { min-width: 32px; } th, td { padding: 4px 8px; } }
        @media print { main { max-width: none; padding: 0; } nav { display: none; } .scroll, pre { overflow: visible; } .samples li, tr { break-inside: avoid; } h2, h3 { break-after: avoid; } * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }

        """;
}
