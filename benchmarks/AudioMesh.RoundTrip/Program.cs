// SPDX-License-Identifier: MIT
using System.Globalization;
using AudioMesh;
using AudioMesh.Latency;
using AudioMesh.RoundTrip;

const int Period = 64;
const double PeriodMs = 1.333;
const double UnboundedMs = 200;
const double ShortSeconds = 5;
const double UsualSeconds = 60;
const int JackTripPort = 34_464;
switch (args)
{
    case [ToastPair.FarWord, string server, string keyFile, string depthMs]:
        ToastPair.RunFar(server, keyFile, double.Parse(depthMs, CultureInfo.InvariantCulture));
        return 0;
    case [JackTripPair.LoopWord, string server]:
        JackTripPair.RunLoop(server);
        return 0;
}

bool isShort = args.Contains("--short");
int minutes = Array.IndexOf(args, "--minutes");
double seconds = isShort ? ShortSeconds : minutes >= 0 ? 60 * double.Parse(args[minutes + 1], CultureInfo.InvariantCulture) : UsualSeconds;
int passed = 0, failed = 0, skipped = 0;
List<(string Name, Func<string, string, IPair> Make)> pairs = 
[
    ("AudioMesh", (near, far) => new ToastPair(near, far, PeriodMs)),
    ("AudioMesh", (near, far) => new ToastPair(near, far, 4 * PeriodMs)),
    ("AudioMesh", (near, far) => new ToastPair(near, far, UnboundedMs)),
];
if (JackTripPair.IsThere)
{
    pairs.Add(("JackTrip, queue 2", (near, far) => new JackTripPair(near, far, queue: 2, JackTripPort)));
    pairs.Add(("JackTrip, queue 4", (near, far) => new JackTripPair(near, far, queue: 4, JackTripPort)));
}
else
{
    Console.WriteLine("JackTrip is not installed: AudioMesh alone is measured.");
    skipped++;
}

Console.WriteLine($"Two JACK servers of 48000 Hz and {Period} frames on the dummy driver, an impulse there and back every 100 ms for {seconds} s:");
Console.WriteLine();
Console.WriteLine("| by | impulses | frames p50 | p99 | p99.9 | most | lost | unexplained |");
Console.WriteLine("|---|---|---|---|---|---|---|---|");
try
{
    using DummyJack near = new(Period, suffix: "-near");
    using DummyJack far = new(Period, suffix: "-far");
    foreach ((string name, Func<string, string, IPair> make) in pairs)
    {
        try
        {
            using IPair pair = make(near.Name, far.Name);
            Measurement measured = Measurement.Of(pair, near.Name, seconds);
            Console.WriteLine(measured.Row);
            Count(name, measured.Frames.Length > 0);
        }
        catch (AudioMeshException error)
        {
            Console.WriteLine($"| {name} | {error.Message} | | | | | | |");
            Count(name, isHeard: false);
        }
    }
}
catch (AudioMeshException error) when (error.Kind == AudioErrorKind.DeviceUnavailable)
{
    Console.WriteLine($"No JACK server: {error.Message}");
    skipped++;
}

Console.WriteLine($"{passed} passed, {failed} failed, {skipped} skipped");
return failed == 0 ? 0 : 1;

// A rival that does not run here fails nothing of ours.
void Count(string name, bool isHeard)
{
    passed += isHeard ? 1 : 0;
    failed += !isHeard && name == "AudioMesh" ? 1 : 0;
    skipped += !isHeard && name != "AudioMesh" ? 1 : 0;
}
