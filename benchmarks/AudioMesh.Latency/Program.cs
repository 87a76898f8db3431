// SPDX-License-Identifier: MIT
using System.CommandLine;
using AudioMesh;
using AudioMesh.Latency.Commands;

RootCommand root = new("Measures what an app's garbage collector does to its sound, and how long sound takes to the device.");
root.Add(new StormCommand());
root.Add(new LatencyCommand());
root.Add(new RampCommand());
root.Add(new TrialCommand());
root.Add(new CanaryCommand());
try
{
    // Without words it is the soak: every collector, both hosts, five minutes each.
    string[] words = args.Length > 0 ? args : ["storm", "--matrix", "--seconds", "300"];
    return await root.Parse(words).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (AudioMeshException error)
{
    await Console.Error.WriteLineAsync(error.Message);
    return 1;
}
