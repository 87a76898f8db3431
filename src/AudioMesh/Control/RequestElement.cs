// SPDX-License-Identifier: MIT
using System.Text;
using System.Text.Json;

namespace AudioMesh.Control;

/// <summary>A value of a <see cref="RequestDocument"/>, valid until that is read anew. It is what JsonElement is, without what that allocates.</summary>
internal readonly struct RequestElement(RequestDocument document, int index)
{
    /// <summary>What it is.</summary>
    public JsonTokenType Type => document[index].Type;

    public bool IsObject => Type == JsonTokenType.StartObject;

    public bool IsArray => Type == JsonTokenType.StartArray;

    public bool IsText => Type == JsonTokenType.String;

    public bool IsNumber => Type == JsonTokenType.Number;

    public bool IsFlag => Type is JsonTokenType.True or JsonTokenType.False;

    /// <summary>The last value called <paramref name="name"/>, which is ASCII. Throws InvalidOperationException where this is no object.</summary>
    public bool TryGetProperty(string name, out RequestElement value)
    {
        if (!IsObject)
        {
            throw new InvalidOperationException("There are no fields in what is not an object.");
        }

        int found = 0;
        for (int i = index + 1; i < document[index].Next; i = document[i + 1].Next)
        {
            found = IsSame(document[i], name) ? i + 1 : found;
        }

        value = new RequestElement(document, found);
        return found > 0;
    }

    /// <summary>The values of an array.</summary>
    public List<RequestElement> Items()
    {
        List<RequestElement> items = [];
        for (int i = index + 1; i < document[index].Next; i = document[i].Next)
        {
            items.Add(new RequestElement(document, i));
        }

        return items;
    }

    /// <summary>How many values an array has.</summary>
    public int CountItems()
    {
        int count = 0;
        for (int i = index + 1; i < document[index].Next; i = document[i].Next)
        {
            count++;
        }

        return count;
    }

    /// <summary>The next of an object's fields, from 0 on as <paramref name="position"/>; false when there is none left.</summary>
    public bool TryNextField(ref int position, out string name, out RequestElement value)
    {
        int at = position == 0 ? index + 1 : position;
        if (at >= document[index].Next)
        {
            (name, value) = ("", default);
            return false;
        }

        name = document.TextOf(document[at]);
        value = new RequestElement(document, at + 1);
        position = document[at + 1].Next;
        return true;
    }

    /// <summary>A text. Throws InvalidOperationException where it is no valid UTF-8.</summary>
    public string GetText() => document.TextOf(document[index]);

    /// <summary>Whether it is the text <paramref name="words"/>, which is ASCII.</summary>
    public bool IsTextOf(string words) => IsText && IsSame(document[index], words);

    public bool GetFlag() => Type == JsonTokenType.True;

    public bool TryGetInt32(out int number) => document.ReaderAt(document[index]).TryGetInt32(out number);

    public bool TryGetInt64(out long number) => document.ReaderAt(document[index]).TryGetInt64(out number);

    public bool TryGetDouble(out double number) => document.ReaderAt(document[index]).TryGetDouble(out number);

    /// <summary>Writes a text or number as it came, as a field of the open object; nothing for what is neither, and for a text that is no valid Unicode.</summary>
    public void WriteAs(Utf8JsonWriter writer, string field)
    {
        ref readonly RequestDocument.Token token = ref document[index];
        if (IsNumber)
        {
            writer.WritePropertyName(field);
            writer.WriteRawValue(document.BytesOf(token), skipInputValidation: true);
        }
        else if (IsText && !token.IsEscaped)
        {
            writer.WriteString(field, document.BytesOf(token)[1..^1]);
        }
        else if (IsText && TryGetText(out string text))
        {
            writer.WriteString(field, text);
        }
    }

    private bool TryGetText(out string text)
    {
        try
        {
            text = GetText();
            return true;
        }
        catch (InvalidOperationException)
        {
            text = "";
            return false;
        }
    }

    private bool IsSame(in RequestDocument.Token token, string words)
    {
        if (token.IsEscaped)
        {
            return document.ReaderAt(token).ValueTextEquals(words);
        }

        return token.Length == words.Length + 2 && Ascii.Equals(document.BytesOf(token)[1..^1], words);
    }
}
