// SPDX-License-Identifier: MIT
using AudioMesh.Dsp;

namespace AudioMesh.Graph.Nodes;

/// <summary>How well a node converts rates, as its argument <c>quality</c>.</summary>
internal static class ResampleQualities
{
    public static ParameterDescriptor Parameter(string fallback) =>
        new("quality", ParameterKind.Choice, "How much of the band a conversion of rates keeps, and how late; linear has no filter.")
        {
            Default = fallback,
            Choices = ["linear", "low", "medium", "high", "best"],
        };

    public static ResamplerQuality Of(NodeArguments arguments) => Enum.Parse<ResamplerQuality>(arguments.Text("quality"), ignoreCase: true);

    public static string TextOf(ResamplerQuality quality) => quality.ToString().ToLowerInvariant();
}
