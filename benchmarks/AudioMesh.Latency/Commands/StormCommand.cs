// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Text.Json;
using AudioMesh.Latency.Reports;
using AudioMesh.Latency.Storm;

namespace AudioMesh.Latency.Commands;

/// <summary><c>storm</c>: an app that allocates as hard as it can while it plays, judged against canaries.</summary>
internal sealed class StormCommand : Command
{
    private readonly StormOptionSet _setup;
    private readonly Option<string> _gc = new("--gc") { Description = "workstation or server.", DefaultValueFactory = _ => "workstation" };
    private readonly Option<string> _concurrent = new("--concurrent") { Description = "on or off.", DefaultValueFactory = _ => "on" };
    private readonly Option<bool> _matrix = new("--matrix") { Description = "All four collectors, isolated and managed, one after the other." };
    private readonly Option<bool> _json = new("--json") { Description = "Print JSON." };
    private readonly Option<string?> _report = new("--report") { Description = "Write a page with charts to this file.", HelpName = "FILE.html" };

    public StormCommand()
        : base("storm", "Plays while the app's threads allocate, and counts what the device had to go without.")
    {
        _setup = new StormOptionSet(this);
        _gc.AcceptOnlyFromAmong("workstation", "server");
        _concurrent.AcceptOnlyFromAmong("on", "off");
        foreach (Option option in (Option[])[_gc, _concurrent, _matrix, _json, _report])
        {
            Add(option);
        }

        SetAction(Run);
    }

    private int Run(ParseResult parsed)
    {
        StormSetup setup = _setup.Read(parsed);
        List<StormReport> reports = [];
        bool hasFailed = false;
        foreach ((string host, GcMode gc) in Trials(parsed, setup))
        {
            try
            {
                reports.Add(RunOne(setup with { Host = host }, gc));
                Console.Error.WriteLine(reports[^1].InShort());
            }
            catch (AudioMeshException error)
            {
                hasFailed = true;
                Console.Error.WriteLine(error.Message);
            }
        }

        Show(parsed, [.. reports]);
        return hasFailed || reports.Exists(report => report.IsBroken()) ? 1 : 0;
    }

    // A server of its own for each: one that has been through a managed trial may have thrown its clients out.
    private static StormReport RunOne(StormSetup setup, GcMode gc)
    {
        using DummyJack? jack = setup is { Backend: "jack", Device: "" } ? new DummyJack(setup.Period) : null;
        return TrialProcess.Run(setup with { Device = jack?.Name ?? setup.Device }, gc);
    }

    private IEnumerable<(string Host, GcMode Gc)> Trials(ParseResult parsed, StormSetup setup) => parsed.GetValue(_matrix)
        ? from host in new[] { "isolated", "managed" } from gc in GcMode.All select (host, gc)
        : [(setup.Host, new GcMode(parsed.GetValue(_gc) == "server", parsed.GetValue(_concurrent) == "on"))];

    private void Show(ParseResult parsed, StormReport[] reports)
    {
        if (parsed.GetValue(_report) is { } file)
        {
            File.WriteAllText(file, StormPage.Write(reports));
        }

        if (!parsed.GetValue(_json))
        {
            StormTable.Show(reports);
        }
        else if (parsed.GetValue(_matrix))
        {
            Console.WriteLine(JsonSerializer.Serialize(reports, JsonShapes.Default.StormReportArray));
        }
        else if (reports.Length > 0)
        {
            Console.WriteLine(JsonSerializer.Serialize(reports[0], JsonShapes.Default.StormReport));
        }
    }
}
