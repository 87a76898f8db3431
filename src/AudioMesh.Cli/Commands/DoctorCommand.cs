// SPDX-License-Identifier: MIT
using System.CommandLine;
using AudioMesh.Cli.Doctor;
using AudioMesh.Cli.Reports;
using Spectre.Console;

namespace AudioMesh.Cli.Commands;

/// <summary><c>audiomesh doctor</c>: what keeps this machine from being realtime, and how to mend it.</summary>
internal sealed class DoctorCommand : Command
{
    private readonly DeviceOptionSet _device;

    public DoctorCommand()
        : base("doctor", "Says what would keep this machine from being realtime, and how to mend it.")
    {
        _device = new DeviceOptionSet(this, canWriteFile: false);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        IReadOnlyList<Finding> findings = await Examination.RunAsync(_device.Read(parsed));
        if (parsed.GetValue(CommonOptions.Json))
        {
            WriteJson(findings);
        }
        else
        {
            Write(findings);
        }

        return findings.Any(finding => finding.Verdict == Verdict.Bad) ? ExitCode.NotRealtime : ExitCode.Done;
    }

    private static void Write(IReadOnlyList<Finding> findings)
    {
        Screen.WriteTable(["", "CHECK", "FINDING"], findings.Select(finding => (string[])
        [
            Coloured(finding.Verdict),
            Markup.Escape(finding.Check),
            Markup.Escape(finding.Text),
        ]));
        foreach (Finding finding in findings.Where(finding => finding.Mend is not null))
        {
            Console.WriteLine();
            Console.WriteLine($"To mend {finding.Check}:");
            Console.WriteLine($"  {finding.Mend}");
        }
    }

    private static string Coloured(Verdict verdict) => verdict switch
    {
        Verdict.Ok => "[green]ok[/]",
        Verdict.Warn => "[yellow]warn[/]",
        _ => "[red]bad[/]",
    };

    private static void WriteJson(IReadOnlyList<Finding> findings) => JsonLine.Write(json =>
    {
        json.WriteBoolean("ok", findings.All(finding => finding.Verdict != Verdict.Bad));
        json.WriteStartArray("findings");
        foreach (Finding finding in findings)
        {
            json.WriteStartObject();
            json.WriteString("check", finding.Check);
            json.WriteString("verdict", finding.Verdict.ToString().ToLowerInvariant());
            json.WriteString("finding", finding.Text);
            if (finding.Mend is not null)
            {
                json.WriteString("mend", finding.Mend);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
