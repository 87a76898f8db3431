// SPDX-License-Identifier: MIT
using System.Xml.Linq;

record Failure(string Test, string Message);

record Suite(string Name, Counts Counts, Failure[] Failures, string[] SkipReasons);

const string ResultsFolder = "artifacts/test-results";

/// Runs every tests/*.Tests, one after the other: the realtime suites would disturb each other.
Counts RunTests(IEnumerable<string> words)
{
    CleanDirectory(ResultsFolder);
    SayWhatIsRealtime();
    var suites = new List<Suite>();
    foreach (var project in GetFiles("tests/*/*.Tests.csproj").OrderBy(p => p.FullPath))
    {
        suites.Add(RunSuite(project, words));
    }
    return Report(suites);
}

void SayWhatIsRealtime()
{
    bool granted = RunLogged(LogFile("realtime"), TimeSpan.FromSeconds(10), "chrt", "-f", "80", "true") == 0;
    Console.WriteLine(granted
        ? "  realtime priority: granted"
        : "  realtime priority: refused, so tests that need it skip (in a container: --cap-add=sys_nice --ulimit rtprio=95)");
}

Suite RunSuite(FilePath project, IEnumerable<string> words)
{
    string name = project.GetFilenameWithoutExtension().ToString();
    Console.Write($"  {name} ... ");
    var clock = System.Diagnostics.Stopwatch.StartNew();
    string log = LogFile(name);
    int code = RunLogged(log, TimeSpan.FromMinutes(15), "dotnet",
        ["test", project.FullPath, "-c", "Release", "--no-build",
        "--results-directory", ResultsFolder, "--logger", $"trx;LogFileName={name}.trx",
        "--blame-hang", "--blame-hang-timeout", "5m", "--blame-hang-dump-type", "none", .. words]);
    string results = $"{ResultsFolder}/{name}.trx";
    var suite = System.IO.File.Exists(results) ? ReadSuite(name, results) : new Suite(name, Counts.None, [], []);
    if (suite.Counts.Failed == 0 && (code != 0 || (suite.Counts == Counts.None && !words.Any())))
    {
        string why = code == 0 ? "ran no test at all" : $"`dotnet test` ended with {code}\n{WhatWentWrong(log)}";
        suite = suite with { Counts = suite.Counts + Counts.OneFailed, Failures = [new(name, why)] };
    }
    Console.WriteLine($"{suite.Counts} in {clock.Elapsed.TotalSeconds:F0} s");
    return suite;
}

Suite ReadSuite(string name, string results)
{
    var tests = XDocument.Load(results).Descendants().Where(e => e.Name.LocalName == "UnitTestResult").ToArray();
    var failed = tests.Where(t => Outcome(t) is not ("Passed" or "NotExecuted" or "Inconclusive")).ToArray();
    var skipped = tests.Where(t => Outcome(t) is "NotExecuted" or "Inconclusive").ToArray();
    return new(name, new(tests.Length - failed.Length - skipped.Length, failed.Length, skipped.Length),
        [.. failed.Select(t => new Failure((string)t.Attribute("testName"), Said(t)))],
        [.. skipped.Select(Said)]);
}

string Outcome(XElement test) => (string)test.Attribute("outcome");

string Said(XElement test) =>
    test.Descendants().FirstOrDefault(e => e.Name.LocalName == "Message")?.Value.Trim()
    ?? test.Descendants().FirstOrDefault(e => e.Name.LocalName == "StdOut")?.Value.Trim()
    ?? "(no reason given)";

Counts Report(List<Suite> suites)
{
    var total = suites.Aggregate(Counts.None, (sum, suite) => sum + suite.Counts);
    foreach (var failure in suites.SelectMany(s => s.Failures))
    {
        Console.WriteLine($"\n  FAILED {failure.Test}\n    {failure.Message.Replace("\n", "\n    ")}");
    }
    foreach (var reason in suites.SelectMany(s => s.SkipReasons).GroupBy(r => r.Split('\n')[0]))
    {
        Console.WriteLine($"  skipped {reason.Count()}: {reason.Key}");
    }
    int width = suites.Max(s => s.Name.Length);
    Console.WriteLine($"\n  {"suite".PadRight(width)}  executed  passed  failed  skipped");
    foreach (var (name, c) in suites.Select(s => (s.Name, s.Counts)).Append(("all", total)))
    {
        Console.WriteLine($"  {name.PadRight(width)}  {c.Passed + c.Failed,8}  {c.Passed,6}  {c.Failed,6}  {c.Skipped,7}");
    }
    return total;
}
