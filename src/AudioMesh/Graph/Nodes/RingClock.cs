// SPDX-License-Identifier: MIT
namespace AudioMesh.Graph.Nodes;

/// <summary>What the nodes with a ring say of the ring's rate and its app's clock.</summary>
internal static class RingClock
{
    private const string BandLimited = "bandlimited";
    private const string Linear = "linear";
    private const string Off = "off";
    private const string Auto = "auto";

    public static IReadOnlyList<ParameterDescriptor> Parameters { get; } =
    [
        new("rate", ParameterKind.Integer, "The app's frames per second, converted where they are not the device's.") { Default = 48000, Min = 8000, Max = 384000, Unit = "Hz" },
        new("quality", ParameterKind.Choice, "How rates are converted: within -140 dB of the ideal, of equal rates whose clock is followed within -120 dB up to 0.748 of half the rate, with a sixth of the delay; or by straight lines.") { Default = BandLimited, Choices = [BandLimited, Linear] },
        new("drift", ParameterKind.Choice, "Whose clock the app keeps to: off, the ring's own by waiting for it; auto, one of its own, which is followed.") { Default = Off, Choices = [Off, Auto] },
    ];

    public static IReadOnlyList<ParameterDescriptor> Figures { get; } =
    [
        new("drift_ppm", ParameterKind.Number, "How much faster the app's clock runs than the device's, where it is followed.") { IsReadOnly = true, Unit = "ppm" },
        new("locked", ParameterKind.Flag, "Whether that is found.") { IsReadOnly = true },
        new("faults", ParameterKind.Integer, "How often the ring's header made no sense.") { IsReadOnly = true },
    ];

    public static bool IsFollowed(NodeArguments arguments) => arguments.Text("drift") == Auto;

    public static bool IsLinear(NodeArguments arguments) => arguments.Text("quality") == Linear;

    public static ParameterValue? Get(string parameter, bool isLinear, FillLoop? loop, long faults) => parameter switch
    {
        "quality" => isLinear ? Linear : BandLimited,
        "drift" => loop is null ? Off : Auto,
        "drift_ppm" => Math.Round((loop?.Deviation ?? 0) * 1e6, 3),
        "locked" => loop?.IsLocked ?? false,
        "faults" => faults,
        _ => null,
    };
}
