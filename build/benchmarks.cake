// SPDX-License-Identifier: MIT

const string LatencyProject = "benchmarks/AudioMesh.Latency";

/// Runs every benchmark project but the long one, or those that words name, as "kernels". Each ends its output with its counts: what it gates, not what it times.
Counts RunBenchmarks(IEnumerable<string> words)
{
    var total = Counts.None;
    var projects = GetFiles("benchmarks/*/*.csproj").Where(p => !p.FullPath.Contains($"{LatencyProject}/"));
    bool IsNamed(FilePath project, string word) =>
        project.GetFilenameWithoutExtension().ToString().Equals($"AudioMesh.{word}", StringComparison.OrdinalIgnoreCase);
    var named = projects.Where(p => words.Any(w => IsNamed(p, w))).ToList();
    projects = named.Count > 0 ? named : projects;
    words = words.Where(w => !named.Any(p => IsNamed(p, w))).ToList();
    foreach (var project in projects.OrderBy(p => p.FullPath))
    {
        string name = project.GetFilenameWithoutExtension().ToString();
        Console.WriteLine($"  {name}");
        var (code, lines) = RunShowing("dotnet", ["run", "--project", project.FullPath, "-c", "Release", "--no-build", "--", .. words]);
        var counts = Counts.LastIn(lines) ?? Counts.OneFailed;
        if (code != 0 && counts.Failed == 0)
        {
            counts += Counts.OneFailed;
        }
        total += counts;
    }
    return total;
}

/// Runs a program with its output on this terminal, and keeps the lines.
(int Code, IReadOnlyList<string> Lines) RunShowing(string tool, string[] args)
{
    using var process = System.Diagnostics.Process.Start(
        new System.Diagnostics.ProcessStartInfo(tool, args) { RedirectStandardOutput = true });
    var lines = new List<string>();
    while (process.StandardOutput.ReadLine() is { } line)
    {
        Console.WriteLine(line);
        lines.Add(line);
    }
    process.WaitForExit();
    return (process.ExitCode, lines);
}
