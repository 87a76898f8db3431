// SPDX-License-Identifier: MIT
using Spectre.Console;

namespace AudioMesh.Cli.Reports;

/// <summary>Standard output as Spectre.Console sees it: no escape codes unless it is a terminal, whatever the environment says.</summary>
internal static class Screen
{
    private const int UnboundedWidth = 1000;

    public static bool IsTerminal => !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "dumb");

    public static IAnsiConsole Open() => Open(Console.Out);

    private static IAnsiConsole Open(TextWriter output)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = IsTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = IsTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = IsTerminal ? InteractionSupport.Detect : InteractionSupport.No,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
            Out = new AnsiConsoleOutput(output),
        });
        if (!IsTerminal)
        {
            console.Profile.Width = UnboundedWidth;
        }

        return console;
    }

    /// <summary>Writes rows under headings: aligned columns, wrapped where the terminal ends.</summary>
    public static void WriteTable(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> markupRows)
    {
        Table table = new Table().Border(TableBorder.None);
        foreach (string heading in headings)
        {
            table.AddColumn(new TableColumn($"[bold]{heading}[/]").PadLeft(0).PadRight(2));
        }

        foreach (IReadOnlyList<string> row in markupRows)
        {
            table.AddRow([.. row]);
        }

        if (IsTerminal)
        {
            Open().Write(table);
            return;
        }

        StringWriter text = new();
        Open(text).Write(table);
        foreach (string line in text.ToString().TrimEnd().Split('\n'))
        {
            Console.WriteLine(line.TrimEnd());
        }
    }
}
