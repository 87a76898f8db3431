// SPDX-License-Identifier: MIT
using System.Diagnostics;

namespace AudioMesh.Latency;

/// <summary>Starts this program again, with other words, another environment, or by a command that <c>inside</c> begins.</summary>
internal static class OwnProcess
{
    public static Process Start(string[] words, Action<IDictionary<string, string?>>? environment = null, params string[] inside)
    {
        string program = Environment.ProcessPath!;
        bool isHost = Path.GetFileNameWithoutExtension(program) == "dotnet";
        string[] all = isHost ? [typeof(OwnProcess).Assembly.Location, .. words] : words;
        string[] command = [.. inside, program, .. all];
        ProcessStartInfo start = new(command[0], command[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        environment?.Invoke(start.Environment);
        return Process.Start(start)!;
    }
}
