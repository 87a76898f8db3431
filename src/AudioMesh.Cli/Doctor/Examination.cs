// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Cli.Doctor;

/// <summary>All checks, the most important ones first.</summary>
internal static class Examination
{
    public static async Task<IReadOnlyList<Finding>> RunAsync()
    {
        RealtimeLimits limits = RealtimeLimits.Read();
        List<Finding> findings =
        [
            PriorityChecks.Grant(),
            .. PriorityChecks.Rights(limits),
            .. KernelChecks.All(limits),
            JackServerCheck.Look(),
            .. LibraryChecks.All(),
        ];
        await using AudioMeshEngine engine = await AudioMeshEngine.StartAsync();
        findings.Add(EngineChecks.Hosting(engine));
        findings.AddRange(await EngineChecks.DriversAsync(engine));
        findings.AddRange(await TrialRun.RunAsync(engine));
        return findings;
    }
}
