// SPDX-License-Identifier: MIT
using System.Diagnostics;

namespace AudioMesh.Latency;

/// <summary>Starts this program again, with other words and another environment.</summary>
internal static class OwnProcess
{
    public static Process Start(string[] words, Action<IDictionary<string, string?>>? environment = null)
    {
        string program = Environment.ProcessPath!;
        bool isHost = Path.GetFileNameWithoutExtension(program) == "dotnet";
        string[] all = isHost ? [typeof(OwnProcess).Assembly.Location, .. words] : words;
        ProcessStartInfo start = new(program, all) { RedirectStandardInput = true, RedirectStandardOutput = true };
        environment?.Invoke(start.Environment);
        return Process.Start(start)!;
    }
}
