// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Text.Json;
using AudioMesh.Latency.Canary;
using AudioMesh.Latency.Reports;

namespace AudioMesh.Latency.Storm;

/// <summary>Runs one trial in a process of its own while canaries watch the machine.</summary>
internal static class TrialProcess
{
    public static StormReport Run(StormSetup setup, GcMode gc)
    {
        using CanaryProcess canary = new();
        using Process trial = OwnProcess.Start(["trial", .. setup.ToArguments()], gc.ApplyTo);
        string output = trial.StandardOutput.ReadToEnd();
        trial.WaitForExit();
        CanaryReport stalls = canary.Stop();
        return trial.ExitCode == 0
            ? StormReport.Of(setup, JsonSerializer.Deserialize(output, JsonShapes.Default.TrialResult)!, stalls)
            : throw new AudioMeshException(AudioErrorKind.Internal, $"The trial {setup.Host}, {gc} ended with {trial.ExitCode}.");
    }
}
