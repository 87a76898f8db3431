// SPDX-License-Identifier: MIT
using Tomlyn;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace AudioMesh.Daemon.Config;

/// <summary>Reads TOML.</summary>
internal sealed class TomlTree
{
    private readonly string _path;
    private readonly TomlParser _parser;

    private TomlTree(string path, string text)
    {
        _path = path;
        _parser = TomlParser.Create(text);
    }

    /// <summary>The table that <paramref name="text"/> is. Throws InvalidArgument.</summary>
    public static ConfigValue Read(string path, string text)
    {
        // The pull parser keeps lines and takes a key twice; the other one knows what is not TOML.
        foreach (DiagnosticMessage problem in SyntaxParser.Parse(text, path, validate: true).Diagnostics)
        {
            throw ConfigError.At(path, problem.Span.Start.Line + 1, problem.Message);
        }

        try
        {
            TomlTree tree = new(path, text);
            while (tree.Next().Kind != TomlParseEventKind.StartTable)
            {
            }

            return tree.Table();
        }
        catch (TomlException error)
        {
            throw ConfigError.At(path, error.Line ?? 1, error.Message);
        }
    }

    private TomlParseEvent Next() => _parser.MoveNext() ? _parser.Current : throw ConfigError.At(_path, 1, "The file ends too early.");

    private ConfigValue Table()
    {
        int line = (int)_parser.Current.Line!;
        OrderedDictionary<string, ConfigValue> members = [];
        while (Next().Kind == TomlParseEventKind.PropertyName)
        {
            string name = _parser.GetPropertyName();
            int named = (int)_parser.Current.Line!;
            Next();
            members.Add(name, Value(named));
        }

        return new ConfigValue { Line = line, Members = members };
    }

    private ConfigValue Value(int line)
    {
        TomlParseEvent at = _parser.Current;
        return at.Kind switch
        {
            TomlParseEventKind.StartTable => WithLine(Table(), line),
            TomlParseEventKind.StartArray => List(line),
            TomlParseEventKind.String => new ConfigValue { Line = line, Scalar = _parser.GetString() },
            TomlParseEventKind.Integer => new ConfigValue { Line = line, Scalar = at.GetInt64() },
            TomlParseEventKind.Float => new ConfigValue { Line = line, Scalar = at.GetDouble() },
            TomlParseEventKind.Boolean => new ConfigValue { Line = line, Scalar = at.GetBoolean() },
            _ => throw ConfigError.At(_path, line, "Dates and times are of no use here."),
        };
    }

    private ConfigValue List(int line)
    {
        List<ConfigValue> items = [];
        while (Next().Kind != TomlParseEventKind.EndArray)
        {
            items.Add(Value(_parser.Current.Line is > 0 and int own ? own : line));
        }

        return new ConfigValue { Line = line, Items = items };
    }

    // Tables that a heading opens have no place of their own.
    private static ConfigValue WithLine(ConfigValue table, int line) => new() { Line = line, Members = table.Members };
}
