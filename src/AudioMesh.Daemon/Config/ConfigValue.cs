// SPDX-License-Identifier: MIT
namespace AudioMesh.Daemon.Config;

/// <summary>A value of a configuration file, whatever language that is written in: a table, a list, a text, a number or a flag, and the line it is on.</summary>
internal sealed class ConfigValue
{
    public required int Line { get; init; }

    /// <summary>A text, a <see cref="long"/>, a <see cref="double"/> or a flag; null where it is a table or a list.</summary>
    public object? Scalar { get; init; }

    public List<ConfigValue>? Items { get; init; }

    /// <summary>In the order of the file.</summary>
    public OrderedDictionary<string, ConfigValue>? Members { get; init; }
}
