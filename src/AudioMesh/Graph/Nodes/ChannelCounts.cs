// SPDX-License-Identifier: MIT
namespace AudioMesh.Graph.Nodes;

internal static class ChannelCounts
{
    public const int Max = 64;

    public static ParameterDescriptor Parameter(int fallback) =>
        new("channels", ParameterKind.Integer, "Channels.") { Default = fallback, Min = 1, Max = Max };
}
