// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;

namespace AudioMesh.Interop;

/// <summary>The bindings of a library, loaded when first asked for; that it is missing is remembered too.</summary>
internal sealed class LazyLibrary<T>(Func<T> load)
    where T : class
{
    private readonly Lazy<(T? Library, AudioMeshException? Error)> _result = new(() =>
    {
        try
        {
            return (load(), null);
        }
        catch (AudioMeshException e)
        {
            return (null, e);
        }
    });

    /// <summary>The bindings; throws <see cref="AudioErrorKind.LibraryMissing"/>.</summary>
    internal T Value => TryGet(out T? library, out string reason)
        ? library
        : throw new AudioMeshException(AudioErrorKind.LibraryMissing, reason, _result.Value.Error);

    /// <summary>The bindings, or the reason why there are none.</summary>
    internal bool TryGet([NotNullWhen(true)] out T? library, out string reason)
    {
        library = _result.Value.Library;
        reason = _result.Value.Error?.Message ?? "";
        return library is not null;
    }
}
