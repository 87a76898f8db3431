// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Text.Json;
using AudioMesh.Latency.Ramp;
using AudioMesh.Latency.Reports;

namespace AudioMesh.Latency.Commands;

/// <summary><c>ramp</c>: whether every sample of a file reaches another JACK client.</summary>
internal sealed class RampCommand : Command
{
    private readonly Option<string> _backend = new("--backend") { Description = "jack, or alsa with its jack plugin.", DefaultValueFactory = _ => "jack" };
    private readonly Option<bool> _asynchronous = new("--async")
    {
        Description = "jackd as it is by default, which loses a period where the machine stalls, instead of with -S.",
    };

    private readonly Option<int> _period = new("--period") { Description = "Frames per device callback.", DefaultValueFactory = _ => 64 };
    private readonly Option<int> _seconds = new("--seconds") { Description = "How long the ramp is.", DefaultValueFactory = _ => 60 };
    private readonly Option<int> _attempts = new("--attempts") { Description = "How often to try where the machine stalls.", DefaultValueFactory = _ => 5 };
    private readonly Option<bool> _json = new("--json") { Description = "Print JSON." };

    public RampCommand()
        : base("ramp", "Plays a float ramp with `audiomesh play` and compares what another JACK client hears, bit by bit.")
    {
        _backend.AcceptOnlyFromAmong("jack", "alsa");
        _seconds.Validators.Add(result =>
        {
            if (result.GetValue(_seconds) is < 1 or > RampSignal.MaxSeconds)
            {
                result.AddError($"--seconds is 1 to {RampSignal.MaxSeconds}: a longer ramp would come to numbers it had before.");
            }
        });
        foreach (Option option in (Option[])[_backend, _asynchronous, _period, _seconds, _attempts, _json])
        {
            Add(option);
        }

        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        List<RampReport> reports = [];
        for (int attempt = 0; attempt < parsed.GetValue(_attempts) && !reports.Exists(report => report.Holds); attempt++)
        {
            using RampRun run = new(parsed.GetValue(_backend)!, !parsed.GetValue(_asynchronous), parsed.GetValue(_period), parsed.GetValue(_seconds));
            reports.Add(await run.RunAsync());
            await Console.Error.WriteLineAsync(reports[^1].InShort());
        }

        if (parsed.GetValue(_json))
        {
            Console.WriteLine(JsonSerializer.Serialize([.. reports], JsonShapes.Default.RampReportArray));
        }

        return reports.Exists(report => report.Holds) ? 0 : 1;
    }
}
