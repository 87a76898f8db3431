// SPDX-License-Identifier: MIT
using System.Text.Json;

namespace AudioMesh.Control;

/// <summary>
/// One request taken apart: where in its bytes each value is. It is read anew for every request and keeps its memory, where JsonDocument would be made anew. What
/// it was read from must stay as it is while its elements are looked at. One thread.
/// </summary>
internal sealed class RequestDocument
{
    private const int MaxDepth = 8;
    private const int UsualTokens = 64;

    /// <summary>Memory for more than these is given back.</summary>
    private const int MostKeptTokens = 4096;

    private readonly KnownTexts _texts = new();
    private ReadOnlyMemory<byte> _bytes;
    private Token[] _tokens = new Token[UsualTokens];
    private int _count;

    /// <summary>The outermost value.</summary>
    public RequestElement Root => new(this, 0);

    /// <summary>Takes <paramref name="bytes"/> apart. Throws JsonException for what is not JSON or nested too deep.</summary>
    public void Read(ReadOnlyMemory<byte> bytes)
    {
        _bytes = bytes;
        _count = 0;
        Utf8JsonReader reader = new(bytes.Span, new JsonReaderOptions { MaxDepth = MaxDepth });
        Span<int> open = stackalloc int[MaxDepth];
        int depth = 0;
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                _tokens[open[--depth]].Next = _count;
                continue;
            }

            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                open[depth++] = _count;
            }

            Add(reader);
        }
    }

    /// <summary>Lets go of what it was read from, and of more memory than the next one will take.</summary>
    public void Release()
    {
        _bytes = default;
        if (_tokens.Length > MostKeptTokens)
        {
            _tokens = new Token[UsualTokens];
        }
    }

    /// <summary>What stands at <paramref name="index"/>.</summary>
    public ref readonly Token this[int index] => ref _tokens[index];

    /// <summary>The bytes of a token, a text's quotes included.</summary>
    public ReadOnlySpan<byte> BytesOf(in Token token) => _bytes.Span.Slice(token.Start, token.Length);

    /// <summary>A reader that stands at a text or number.</summary>
    public Utf8JsonReader ReaderAt(in Token token)
    {
        Utf8JsonReader reader = new(BytesOf(token));
        reader.Read();
        return reader;
    }

    /// <summary>The text at <paramref name="token"/>. Throws InvalidOperationException where it is no valid UTF-8.</summary>
    public string TextOf(in Token token) => _texts.Of(ReaderAt(token));

    private void Add(in Utf8JsonReader reader)
    {
        if (_count == _tokens.Length)
        {
            Array.Resize(ref _tokens, _count * 2);
        }

        // A name's end is behind its colon.
        int start = (int)reader.TokenStartIndex;
        int quotes = reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String ? 2 : 0;
        _tokens[_count++] = new Token(reader.TokenType, reader.ValueIsEscaped, start, reader.ValueSpan.Length + quotes) { Next = _count };
    }

    /// <summary>A value, or the name of one that follows it.</summary>
    internal record struct Token(JsonTokenType Type, bool IsEscaped, int Start, int Length)
    {
        /// <summary>Where the next one begins that is no part of it.</summary>
        public int Next { get; set; }
    }
}
