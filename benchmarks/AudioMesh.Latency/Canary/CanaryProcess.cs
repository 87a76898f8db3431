// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Text.Json;

namespace AudioMesh.Latency.Canary;

/// <summary>The canaries in a process of their own, which the app's collector cannot stop.</summary>
internal sealed class CanaryProcess : IDisposable
{
    private readonly Process _process = OwnProcess.Start(["canary"]);

    public CanaryProcess() => _process.StandardOutput.ReadLine();

    /// <summary>Ends them and returns what they saw.</summary>
    public CanaryReport Stop()
    {
        _process.StandardInput.Close();
        string report = _process.StandardOutput.ReadToEnd();
        _process.WaitForExit();
        return JsonSerializer.Deserialize(report, Reports.JsonShapes.Default.CanaryReport)!;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
