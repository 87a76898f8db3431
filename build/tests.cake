// SPDX-License-Identifier: MIT
using System.Xml.Linq;

record Failure(string Test, string Method, string Message);

record Suite(string Name, Counts Counts, Failure[] Failures, string[] SkipReasons)
{
    public string[] Passes { get; init; } = [];

    public Failure[] AtSecondTry { get; init; } = [];
}

const string ResultsFolder = "artifacts/test-results";

/// With more failures than these a suite is broken, and trying again says nothing.
const int MostTriedAgain = 5;

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
    var suite = TrySuite(project, name, words);
    if (suite.Failures.Length is > 0 and <= MostTriedAgain && suite.Failures.All(failure => failure.Method is not null))
    {
        suite = TryAgain(project, suite);
    }
    Console.WriteLine($"{suite.Counts} in {clock.Elapsed.TotalSeconds:F0} s");
    return suite;
}

Suite TrySuite(FilePath project, string name, IEnumerable<string> words)
{
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
        suite = suite with { Counts = suite.Counts + Counts.OneFailed, Failures = [new(name, null, why)] };
    }
    return suite;
}

/// What failed is tried once more by itself: a machine that others share can stop the threads of a test for longer than it waits. What passes then is
/// counted so and named, for it is a defect too, of the test or of what it tests.
Suite TryAgain(FilePath project, Suite first)
{
    string filter = string.Join('|', first.Failures.Select(failure => $"FullyQualifiedName~{failure.Method}").Distinct());
    var second = TrySuite(project, $"{first.Name}.again", ["--filter", filter]);
    var passed = first.Failures.Where(failure => second.Passes.Contains(failure.Test)).ToArray();
    return first with
    {
        Counts = first.Counts + new Counts(passed.Length, -passed.Length, 0),
        Failures = [.. first.Failures.Except(passed)],
        AtSecondTry = passed,
    };
}

Suite ReadSuite(string name, string results)
{
    var document = XDocument.Load(results);
    var tests = document.Descendants().Where(e => e.Name.LocalName == "UnitTestResult").ToArray();
    var methods = document.Descendants().Where(e => e.Name.LocalName == "UnitTest").ToDictionary(e => (string)e.Attribute("id"), MethodOf);
    var failed = tests.Where(t => Outcome(t) is not ("Passed" or "NotExecuted" or "Inconclusive")).ToArray();
    var skipped = tests.Where(t => Outcome(t) is "NotExecuted" or "Inconclusive").ToArray();
    return new(name, new(tests.Length - failed.Length - skipped.Length, failed.Length, skipped.Length),
        [.. failed.Select(t => new Failure(NameOf(t), methods.GetValueOrDefault((string)t.Attribute("testId")), Said(t)))],
        [.. skipped.Select(Said)])
    {
        Passes = [.. tests.Where(t => Outcome(t) == "Passed").Select(NameOf)],
    };
}

string NameOf(XElement test) => (string)test.Attribute("testName");

/// Without the arguments of its case, which no filter understands.
string MethodOf(XElement test)
{
    var method = test.Elements().Single(e => e.Name.LocalName == "TestMethod");
    return $"{((string)method.Attribute("className")).Split('(')[0]}.{((string)method.Attribute("name")).Split('(')[0]}";
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
    foreach (var failure in suites.SelectMany(s => s.AtSecondTry))
    {
        Console.WriteLine($"\n  PASSED AT THE SECOND TRY {failure.Test}\n    {failure.Message.Replace("\n", "\n    ")}");
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
