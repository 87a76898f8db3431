// SPDX-License-Identifier: MIT
using System.Globalization;

namespace AudioMesh.Daemon.Config;

/// <summary>Reads one table of a configuration. What was asked for is what is allowed: <see cref="Close"/> refuses the rest. Every error says the line.</summary>
internal sealed class ConfigSection(string path, string name, ConfigValue? table)
{
    private readonly List<string> _asked = [];

    /// <summary>The names in it, with where they are.</summary>
    public IEnumerable<(string Key, int Line)> Keys => table?.Members!.Select(member => (member.Key, member.Value.Line)) ?? [];

    /// <summary>A table in this one, empty when it is not there.</summary>
    public ConfigSection Section(string key)
    {
        ConfigValue? value = Take(key);
        return value is null or { Members: not null } ? new ConfigSection(path, FullName(key), value) : throw Wrong(key, value, "a table");
    }

    public string? Text(string key) => Take(key) is not { } value ? null : value.Scalar as string ?? throw Wrong(key, value, "text");

    public string? Choice(string key, params string[] words)
    {
        string? text = Text(key);
        return text is null || words.Contains(text) ? text : throw Wrong(key, table!.Members![key], string.Join(", ", words));
    }

    public int? Integer(string key, int min, int max) => Take(key) is not { } value ? null
        : value.Scalar is long number && number >= min && number <= max ? (int)number
        : throw Wrong(key, value, string.Create(CultureInfo.InvariantCulture, $"whole number {min}..{max}"));

    public bool? Flag(string key) => Take(key) is not { } value ? null : value.Scalar as bool? ?? throw Wrong(key, value, "true or false");

    public IReadOnlyList<string> Texts(string key) => Take(key) is not { } value ? []
        : value.Items is { } items && items.TrueForAll(item => item.Scalar is string) ? [.. items.Select(item => (string)item.Scalar!)]
        : throw Wrong(key, value, "a list of texts");

    /// <summary>What <paramref name="read"/> makes of a text; its errors get the line.</summary>
    public T? Parsed<T>(string key, Func<string, T> read)
        where T : struct
    {
        if (Take(key) is not { } value)
        {
            return null;
        }

        try
        {
            return read(value.Scalar as string ?? throw Wrong(key, value, "text"));
        }
        catch (AudioMeshException error) when (error.Field is null)
        {
            throw At(key, error.Message, error.Allowed);
        }
    }

    /// <summary>An error about <paramref name="key"/>, at its line.</summary>
    public AudioMeshException At(string key, string message, string? allowed = null) =>
        ConfigError.At(path, table?.Members?.GetValueOrDefault(key)?.Line ?? table?.Line ?? 1, message, FullName(key), allowed);

    /// <summary>Throws InvalidArgument for the first name that nobody asked for.</summary>
    public void Close()
    {
        foreach ((string key, int line) in Keys)
        {
            if (!_asked.Contains(key))
            {
                string allowed = string.Join(", ", _asked.Order(StringComparer.Ordinal));
                throw ConfigError.At(path, line, $"'{FullName(key)}' is not known; there is {allowed}.", FullName(key), allowed);
            }
        }
    }

    private ConfigValue? Take(string key)
    {
        _asked.Add(key);
        return table?.Members!.GetValueOrDefault(key);
    }

    private string FullName(string key) => name.Length == 0 ? key : $"{name}.{key}";

    private AudioMeshException Wrong(string key, ConfigValue value, string allowed)
    {
        string given = value.Scalar is { } scalar ? $" {Convert.ToString(scalar, CultureInfo.InvariantCulture)}" : "";
        return ConfigError.At(path, value.Line, $"{FullName(key)}{given} is not allowed: {allowed}.", FullName(key), allowed);
    }
}
