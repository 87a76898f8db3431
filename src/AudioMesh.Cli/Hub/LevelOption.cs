// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Globalization;
using AudioMesh.Network.Hub;

namespace AudioMesh.Cli.Hub;

/// <summary>How loud others are to be: <c>anna=-6</c>, <c>ben=mute</c>, <c>cleo=solo</c>.</summary>
internal static class LevelOption
{
    private const string Name = "--level";
    private const string Allowed = "NAME=DB of -120..24, NAME=mute or NAME=solo";

    public static Option<string[]> Create() => new(Name)
    {
        Description = "How loud somebody is to be, in dB; mute, or solo to hear nobody else. Once for each; for who comes later, too.",
        HelpName = "NAME=DB|mute|solo",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    /// <summary>Throws InvalidArgument.</summary>
    public static (string Source, HubLevel Level) Parse(string text)
    {
        int at = text.LastIndexOf('=');
        string value = text[(at + 1)..];
        double gain = 0;
        bool isSound = at > 0 && (value is "mute" or "solo"
            || (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out gain) && gain is >= HubLevel.SilenceDb and <= HubLevel.MaxGainDb));
        return isSound
            ? (text[..at], new HubLevel(gain, IsMuted: value == "mute", IsSoloed: value == "solo"))
            : throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"{Name} '{text}' is not {Allowed}.") { Allowed = Allowed };
    }
}
