// SPDX-License-Identifier: MIT
using System.CommandLine;
using AudioMesh;
using AudioMesh.Latency.Commands;

RootCommand root = new("Measures what an app's garbage collector does to its sound, whether every bit of it arrives, how long it takes to the device, and whether that stays.");
root.Add(new StormCommand());
root.Add(new RampCommand());
root.Add(new LatencyCommand());
root.Add(new GpuClockCommand());
root.Add(new CrowdCommand());
root.Add(new StartsCommand());
root.Add(new AgentHostCommand());
root.Add(new DirectorHostCommand());
root.Add(new DriftCommand());
root.Add(new DriftSenderCommand());
root.Add(new TrialCommand());
root.Add(new CanaryCommand());

// Without words it is the soak: three quarters of an hour. A ring of four seconds covers the longest pauses seen, one of 100 ms does not.
string[][] runs = args.Length > 0 ? [args] :
[
    ["ramp"],
    ["ramp", "--backend", "alsa"],
    ["ramp", "--async"],
    ["ramp", "--backend", "alsa", "--async"],
    ["storm", "--matrix", "--depth-ms", "4000"],
    ["storm", "--seconds", "600", "--depth-ms", "4000"],
    ["storm", "--depth-ms", "100"],
    ["crowd"],
    ["starts", "--starts", "20"],
];
int worst = 0;
foreach (string[] words in runs)
{
    try
    {
        worst = Math.Max(worst, await root.Parse(words).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }));
    }
    catch (AudioMeshException error)
    {
        await Console.Error.WriteLineAsync(error.Message);
        worst = 1;
    }
}

return worst;
