using System.Collections.Concurrent;
using Beian.MiniApi.Checks;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Letters;
using Beian.MiniApi.Domain.Outlook;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Rules.Packs;
using Beian.MiniApi.FaceChecks;
using Beian.MiniApi.Platform;
using Beian.MiniApi.ReferenceData;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Features.Reference;

/// <summary>
/// Outlooks as finished documents, each made once for its shape, language, rules and day. Those asked for are kept up to a number of bytes; past that
/// the oldest go, since which shapes people ask about changes slowly and a document is made again in milliseconds.
/// </summary>
public sealed class OutlookDocuments
{
    /// <summary>Bytes of finished documents that are kept; some hundred shapes.</summary>
    public const long MaxBytes = 12 * 1024 * 1024;

    private readonly IRuleSource _rules;
    private readonly BusinessClock _clock;
    private readonly OutlookBook _book;
    private readonly OutlookWording _chinese;
    private readonly OutlookWording _english;
    private volatile Kept _kept;

    public OutlookDocuments(ReferenceBook book, LetterTemplates letters, IRuleSource rules, TextCatalogue texts, BusinessClock clock, IFaceCheckProvider faces, IOptions<PolicyOptions> options)
    {
        var policy = options.Value;
        (_rules, _clock) = (rules, clock);
        _book = new OutlookBook(book, letters, new OutlookPolicy(policy.RealNameMustMatch, faces.Supports, p => policy.Provinces.Count == 0 || policy.Provinces.Contains(p)));
        (_chinese, _english) = (new OutlookWording(book, texts, english: false), new OutlookWording(book, texts, english: true));
        _kept = new Kept(rules.Current, Today);
    }

    /// <summary>Bytes kept now.</summary>
    public long KeptBytes => _kept.Bytes;

    private DateOnly Today => ChinaTime.DateOf(_clock.GetUtcNow());

    /// <param name="shape">Of known codes.</param>
    /// <param name="english">In English; otherwise Chinese.</param>
    public PublicDocument For(FilingShape shape, bool english)
    {
        var kept = _kept;
        var (rules, day) = (_rules.Current, Today);
        if (kept.Rules != rules || kept.Day != day)
        {
            kept = _kept = new Kept(rules, day);
        }

        return kept.Get((shape, english), () => PublicDocument.Of((english ? _english : _chinese).View(_book.Of(shape, rules, day))));
    }

    /// <summary>What was made by these rules on this day.</summary>
    private sealed class Kept(RuleBook rules, DateOnly day)
    {
        private readonly ConcurrentDictionary<(FilingShape, bool), Lazy<PublicDocument>> _documents = new();
        private readonly ConcurrentQueue<((FilingShape, bool) Key, long Bytes)> _age = new();
        private long _bytes;

        public RuleBook Rules { get; } = rules;

        public DateOnly Day { get; } = day;

        public long Bytes => Interlocked.Read(ref _bytes);

        /// <summary>Callers who ask for one document at once wait for the first of them to make it.</summary>
        public PublicDocument Get((FilingShape, bool) key, Func<PublicDocument> make)
        {
            if (_documents.TryGetValue(key, out var known))
            {
                return known.Value;
            }

            var mine = new Lazy<PublicDocument>(make);
            var taken = _documents.GetOrAdd(key, mine);
            var document = taken.Value;
            if (taken == mine)
            {
                Count(key, document.Variants.Sum(v => (long)v.Bytes.Length));
            }

            return document;
        }

        private void Count((FilingShape, bool) key, long bytes)
        {
            _age.Enqueue((key, bytes));
            Interlocked.Add(ref _bytes, bytes);
            while (Bytes > MaxBytes && _age.TryDequeue(out var oldest))
            {
                _documents.TryRemove(oldest.Key, out _);
                Interlocked.Add(ref _bytes, -oldest.Bytes);
            }
        }
    }
}
