// SPDX-License-Identifier: MIT

/// Runs a program with its output in a log of its own, and says in one line what is done. Fails with the end of the log.
void Step(string what, string tool, params string[] args)
{
    Console.Write($"  {what} ... ");
    var clock = System.Diagnostics.Stopwatch.StartNew();
    var log = LogFile(what);
    int code = RunLogged(log, TimeSpan.FromMinutes(20), tool, args);
    if (code == 0)
    {
        Console.WriteLine($"{clock.Elapsed.TotalSeconds:F0} s");
        return;
    }
    Console.WriteLine("FAILED");
    Console.WriteLine(WhatWentWrong(log));
    throw new CakeException($"{what}: `{tool} {string.Join(' ', args)}` ended with {code}; all of it is in {log}");
}

/// The exit code: 127 where there is no such program, 124 where it ran past its time.
int RunLogged(string log, TimeSpan limit, string tool, params string[] args)
{
    // The shell writes the log: a pipe would stay open for as long as a build server that the program left behind.
    var start = new System.Diagnostics.ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >\"$0\" 2>&1", log, tool, .. args]);
    start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
    using var process = System.Diagnostics.Process.Start(start);
    if (!process.WaitForExit(limit))
    {
        process.Kill(entireProcessTree: true);
        return 124;
    }
    return process.ExitCode;
}

/// Runs a program on this terminal.
void RunHere(string tool, params string[] args)
{
    using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(tool, args));
    process.WaitForExit();
    if (process.ExitCode != 0)
    {
        throw new CakeException($"`{tool} {string.Join(' ', args)}` ended with {process.ExitCode}");
    }
}

string LogFile(string what)
{
    System.IO.Directory.CreateDirectory("artifacts/logs");
    return $"artifacts/logs/{System.Text.RegularExpressions.Regex.Replace(what, "[^A-Za-z0-9.]+", "-")}.log";
}

string WhatWentWrong(string log)
{
    var lines = System.IO.File.ReadAllLines(log);
    var errors = lines.Where(line => line.Contains(" error ") || line.Contains(": error")).Distinct().Take(20).ToArray();
    // Of a test run that was ended, the tests that ran just then say more than those that skipped.
    var rest = lines.Where(line => !line.StartsWith("  Skipped "));
    return string.Join('\n', (errors.Length > 0 ? errors : rest.TakeLast(30)).Select(line => "    " + line.Trim()));
}
