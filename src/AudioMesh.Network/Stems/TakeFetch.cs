// SPDX-License-Identifier: MIT
using System.Security.Cryptography;

namespace AudioMesh.Network.Stems;

/// <summary>Fetches the files of one take. One that fails in the middle closes the link: nobody knows what would come next.</summary>
internal sealed class TakeFetch(TakeLink link, TakeOffer take, Action<TakeProgress>? progress)
{
    private const string PartExtension = ".part";

    private long _done;
    private long _kept;

    /// <summary>Brings a file here, and answers where it lies: at <paramref name="target"/> where it was there already, else beside it.</summary>
    public async Task<string> FetchAsync(string target, bool isSidecar, long bytes, CancellationToken cancellation)
    {
        bool isThere = File.Exists(target);
        string path = isThere ? target : target + PartExtension;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            await using FileStream file = new(path, isThere ? FileMode.Open : FileMode.OpenOrCreate, isThere ? FileAccess.Read : FileAccess.ReadWrite, FileShare.Read);
            using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            long from = await AskAsync(file, hash, isSidecar, bytes, cancellation).ConfigureAwait(false);
            await GoOnAsync(file, hash, from, bytes, cancellation).ConfigureAwait(false);
            return path;
        }
        catch (Exception e) when (TakeFiles.IsFromSystem(e))
        {
            link.Dispose();
            throw TakeFiles.From(path, e);
        }
    }

    /// <summary>Asks for what lacks, and answers where it begins. The hash is that of what is before.</summary>
    private async Task<long> AskAsync(FileStream file, IncrementalHash hash, bool isSidecar, long bytes, CancellationToken cancellation)
    {
        long has = file.Length <= bytes ? file.Length : 0;
        await HashAsync(file, hash, has, cancellation).ConfigureAwait(false);
        TakeRequest request = new(take.Place, isSidecar, has, Convert.ToHexStringLower(hash.GetCurrentHash()));
        await link.SendAsync(TakeRecordKind.Request, TakeMessages.Request(request), cancellation).ConfigureAwait(false);
        (TakeRecordKind kind, ReadOnlyMemory<byte> content) = await NextAsync(cancellation).ConfigureAwait(false);
        if (kind == TakeRecordKind.Refusal)
        {
            throw TakeMessages.ReadRefusal(content);
        }

        using Closing closing = new(link);
        TakeClient.Expect(kind, TakeRecordKind.Begin);
        (long length, long from) = TakeMessages.ReadBegin(content);
        if (length != bytes)
        {
            throw TakeFiles.Invalid(take.Place, $"has {length} bytes, where {bytes} were listed: it is another take by now");
        }

        if (from != 0 && from != has)
        {
            throw new AudioMeshException(AudioErrorKind.Protocol, $"The host goes on at byte {from} of a file of which {has} are here.");
        }

        if (!file.CanWrite && from < bytes)
        {
            throw new AudioMeshException(AudioErrorKind.FileUnreadable, $"{file.Name} exists already, and is not what the host has.");
        }

        if (from == 0)
        {
            hash.GetHashAndReset();
        }

        CheckRoom(file.Name, bytes - from);
        closing.IsCalledOff = true;
        return from;
    }

    private async Task GoOnAsync(FileStream file, IncrementalHash hash, long from, long bytes, CancellationToken cancellation)
    {
        using Closing closing = new(link);
        if (file.CanWrite)
        {
            file.SetLength(from);
        }

        (_done, _kept) = (_done + from, _kept + from);
        file.Position = from;
        for (long at = from; ;)
        {
            progress?.Invoke(new TakeProgress(take, _done, _kept));
            (TakeRecordKind kind, ReadOnlyMemory<byte> content) = await link.ReceiveAsync(cancellation).ConfigureAwait(false);
            if (kind == TakeRecordKind.Refusal)
            {
                throw TakeMessages.ReadRefusal(content);
            }

            if (kind == TakeRecordKind.End && at == bytes)
            {
                Check(file, hash, content.Span);
                break;
            }

            TakeClient.Expect(kind, TakeRecordKind.Data);
            at += content.Length;
            if (at > bytes)
            {
                throw new AudioMeshException(AudioErrorKind.Protocol, $"The host sends more than the {bytes} bytes that it listed.");
            }

            hash.AppendData(content.Span);
            await file.WriteAsync(content, cancellation).ConfigureAwait(false);
            _done += content.Length;
        }

        closing.IsCalledOff = true;
    }

    private void Check(FileStream file, IncrementalHash hash, ReadOnlySpan<byte> expected)
    {
        if (hash.GetHashAndReset().AsSpan().SequenceEqual(expected))
        {
            if (file.CanWrite)
            {
                file.Flush(flushToDisk: true);
            }

            return;
        }

        if (file.CanWrite)
        {
            file.SetLength(0);
        }

        throw TakeFiles.Invalid(take.Place, "did not come as it lies at its host: its hash is another");
    }

    private async Task<(TakeRecordKind Kind, ReadOnlyMemory<byte> Content)> NextAsync(CancellationToken cancellation)
    {
        while (true)
        {
            (TakeRecordKind kind, ReadOnlyMemory<byte> content) = await link.ReceiveAsync(cancellation).ConfigureAwait(false);
            if (kind != TakeRecordKind.Data || content.Length > 0)
            {
                return (kind, content);
            }
        }
    }

    private static async Task HashAsync(FileStream file, IncrementalHash hash, long bytes, CancellationToken cancellation)
    {
        byte[] block = new byte[TakeLink.MostBytes];
        while (bytes > 0)
        {
            int length = (int)Math.Min(block.Length, bytes);
            await file.ReadExactlyAsync(block.AsMemory(0, length), cancellation).ConfigureAwait(false);
            hash.AppendData(block, 0, length);
            bytes -= length;
        }
    }

    // A disk is not filled to find out that a take does not fit.
    private static void CheckRoom(string path, long bytes)
    {
        string folder = Path.GetDirectoryName(path)!;
        long room = new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(folder)! : folder).AvailableFreeSpace;
        if (room < bytes)
        {
            throw new AudioMeshException(AudioErrorKind.DiskFull, FormattableString.Invariant($"{folder}: {bytes / 1e6:0.0} MB are to come, and there is room for {room / 1e6:0.0} MB."));
        }
    }

    private sealed class Closing(TakeLink link) : IDisposable
    {
        public bool IsCalledOff { get; set; }

        public void Dispose()
        {
            if (!IsCalledOff)
            {
                link.Dispose();
            }
        }
    }
}
