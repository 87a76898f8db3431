// SPDX-License-Identifier: MIT
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace AudioMesh.Cli.Eval.Report;

/// <summary>HTML as it is written: what fills the holes of an interpolated string is text and escaped.</summary>
internal sealed class HtmlText
{
    private readonly StringBuilder _text = new();

    public void Add([InterpolatedStringHandlerArgument("")] ref Holes html) => _ = html;

    /// <summary>Adds what is HTML, style or script already.</summary>
    public void AddRaw(string html) => _text.Append(html);

    public override string ToString() => _text.ToString();

    [InterpolatedStringHandler]
    public readonly ref struct Holes
    {
        private readonly StringBuilder _text;

        public Holes(int literalLength, int holes, HtmlText html)
        {
            _ = holes;
            _text = html._text;
            _text.EnsureCapacity(_text.Length + literalLength);
        }

        public void AppendLiteral(string literal) => _text.Append(literal);

        public void AppendFormatted(string? text) => _text.Append(WebUtility.HtmlEncode(text));

        public void AppendFormatted(int number) => _text.Append(number);

        public void AppendFormatted(double number, string format) => _text.Append(number.ToString(format));
    }
}
