// SPDX-License-Identifier: MIT
using System.Globalization;
using AudioMesh;
using AudioMesh.RoundTrip;

const double ShortSeconds = 3;
const double UsualSeconds = 60;
const double RelaySeconds = 30;
switch (args)
{
    case [ToastPair.FarWord, string server, string keyFile, string depthMs]:
        ToastPair.RunFar(server, keyFile, double.Parse(depthMs, CultureInfo.InvariantCulture));
        return 0;
    case [ToastWay.FarWord, string server, string keyFile, string depthMs]:
        ToastWay.RunFar(server, keyFile, double.Parse(depthMs, CultureInfo.InvariantCulture));
        return 0;
    case [JackTripPair.LoopWord, string server]:
        JackTripPair.RunLoop(server);
        return 0;
    case [FarEar.Word, string server, string port, string frames, string file]:
        FarEar.Run(server, port, int.Parse(frames, CultureInfo.InvariantCulture), file);
        return 0;
}

Words words = new(args);
double usual = words.Has("--short") ? ShortSeconds : words.Has("--relay") ? RelaySeconds : UsualSeconds;
double seconds = words.Has("--minutes") ? 60 * words.Number("--minutes", 1) : words.Number("--seconds", usual);
Outcome outcome = new();
if (!JackTripPair.IsThere)
{
    outcome.Skip("JackTrip is not installed: AudioMesh alone is measured.");
}

try
{
    if (words.Has("--relay"))
    {
        RelayTrials.Run(words.After("--relay"), seconds, words.After("--recording"), words.After("--json"), outcome);
    }
    else if (words.Has("--jdat"))
    {
        JdatTrip.Run(seconds, words.After("--json"), outcome);
    }
    else
    {
        RoundTrips.Run(seconds, (int)words.Number("--servers", 1), words.After("--json"), outcome);
    }
}
catch (AudioMeshException error) when (error.Kind == AudioErrorKind.DeviceUnavailable)
{
    outcome.Skip($"No JACK server: {error.Message}");
}

Console.WriteLine(outcome);
return outcome.ExitCode;
