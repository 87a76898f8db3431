// SPDX-License-Identifier: MIT
using System.Text.Json;

namespace AudioMesh.Daemon.Config;

/// <summary>Reads JSON, in which comments and a last comma are allowed.</summary>
internal ref struct JsonTree
{
    private const int MaxDepth = 16;

    private readonly string _path;
    private readonly ReadOnlySpan<byte> _text;
    private Utf8JsonReader _reader;
    private int _line = 1;
    private int _counted;

    private JsonTree(string path, ReadOnlySpan<byte> text)
    {
        _path = path;
        _text = text;
        _reader = new Utf8JsonReader(text, new JsonReaderOptions
        {
            AllowTrailingCommas = true,
            CommentHandling = JsonCommentHandling.Skip,
            MaxDepth = MaxDepth,
        });
    }

    /// <summary>The object that <paramref name="text"/> is. Throws InvalidArgument.</summary>
    public static ConfigValue Read(string path, ReadOnlySpan<byte> text)
    {
        try
        {
            JsonTree tree = new(path, text);
            tree.Next();
            ConfigValue root = tree._reader.TokenType == JsonTokenType.StartObject ? tree.Value() : throw ConfigError.At(path, 1, "The file is no JSON object.");
            tree._reader.Read();
            return root;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw ConfigError.At(path, (int)((error as JsonException)?.LineNumber ?? 0) + 1, $"This is no JSON: {error.Message}");
        }
    }

    private void Next()
    {
        if (!_reader.Read())
        {
            throw new JsonException("The file ends too early.");
        }
    }

    private ConfigValue Value()
    {
        int line = LineHere();
        return _reader.TokenType switch
        {
            JsonTokenType.StartObject => Table(line),
            JsonTokenType.StartArray => List(line),
            JsonTokenType.String => new ConfigValue { Line = line, Scalar = _reader.GetString() },
            JsonTokenType.Number when _reader.TryGetInt64(out long whole) => new ConfigValue { Line = line, Scalar = whole },
            JsonTokenType.Number => new ConfigValue { Line = line, Scalar = _reader.GetDouble() },
            JsonTokenType.True or JsonTokenType.False => new ConfigValue { Line = line, Scalar = _reader.GetBoolean() },
            _ => throw ConfigError.At(_path, line, "null is of no use here."),
        };
    }

    private ConfigValue Table(int line)
    {
        OrderedDictionary<string, ConfigValue> members = [];
        for (Next(); _reader.TokenType == JsonTokenType.PropertyName; Next())
        {
            string name = _reader.GetString()!;
            int named = LineHere();
            Next();
            if (!members.TryAdd(name, Value()))
            {
                throw ConfigError.At(_path, named, $"'{name}' is given twice.", name);
            }
        }

        return new ConfigValue { Line = line, Members = members };
    }

    private ConfigValue List(int line)
    {
        List<ConfigValue> items = [];
        for (Next(); _reader.TokenType != JsonTokenType.EndArray; Next())
        {
            items.Add(Value());
        }

        return new ConfigValue { Line = line, Items = items };
    }

    private int LineHere()
    {
        int here = (int)_reader.TokenStartIndex;
        _line += _text[_counted..here].Count((byte)'\n');
        _counted = here;
        return _line;
    }
}
