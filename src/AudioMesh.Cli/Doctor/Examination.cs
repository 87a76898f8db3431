// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Runs;
using AudioMesh.Realtime;

namespace AudioMesh.Cli.Doctor;

/// <summary>All checks, the most important ones first; the last one tries the device that the user wishes.</summary>
internal static class Examination
{
    public static async Task<IReadOnlyList<Finding>> RunAsync(DeviceWish wish)
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
        await using AudioMeshEngine engine = await AudioMeshEngine.StartAsync(new EngineOptions { Hosting = wish.Host });
        findings.Add(EngineChecks.Hosting(engine));
        findings.AddRange(await EngineChecks.DriversAsync(engine));
        findings.AddRange(await TrialRun.RunAsync(engine, wish));
        return findings;
    }
}
