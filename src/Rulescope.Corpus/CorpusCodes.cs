using Rulescope.Text;

namespace Rulescope.Corpus;

/// <summary>Findings about sources, archives and files, before any rule language is looked at.</summary>
public static class CorpusCodes
{
    public static readonly DiagnosticCode NoSuchSource = new("COR0101", Severity.Error, "no such file or folder");
    public static readonly DiagnosticCode SourceUnreadable = new("COR0102", Severity.Error, "the source cannot be read: {0}");
    public static readonly DiagnosticCode NoRuleFiles = new("COR0103", Severity.Warning, "no rule file of {0} was found, expected files that end in {1}");
    public static readonly DiagnosticCode UnknownVendor = new("COR0104", Severity.Error, "unknown vendor '{0}', expected one of {1}");

    public static readonly DiagnosticCode LeavesArchive = new("COR0201", Severity.Error, "entry skipped: its name leaves the archive through '..'");
    public static readonly DiagnosticCode AbsoluteName = new("COR0202", Severity.Error, "entry skipped: its name is absolute, expected a relative one");
    public static readonly DiagnosticCode BackslashName = new("COR0203", Severity.Error, "entry skipped: its name holds a backslash, expected '/' between folders");
    public static readonly DiagnosticCode LinkSkipped = new("COR0204", Severity.Info, "link skipped: only plain files are read");
    public static readonly DiagnosticCode SpecialSkipped = new("COR0205", Severity.Warning, "entry skipped: it is neither a plain file nor a folder but of type {0}");
    public static readonly DiagnosticCode DuplicateEntry = new("COR0206", Severity.Warning, "entry skipped: another one of the same name came before it");
    public static readonly DiagnosticCode NameNotUtf8 = new("COR0207", Severity.Warning, "the name is not valid UTF-8 and was read with replacement characters");
    public static readonly DiagnosticCode Encrypted = new("COR0208", Severity.Error, "entry skipped: it is encrypted");
    public static readonly DiagnosticCode FileUnreadable = new("COR0209", Severity.Error, "the file cannot be read: {0}");
    public static readonly DiagnosticCode BadName = new("COR0210", Severity.Error, "entry skipped: its name is empty or holds control characters");

    public static readonly DiagnosticCode FileTooLarge = new("COR0301", Severity.Error, "file skipped: it is larger than {0} bytes");
    public static readonly DiagnosticCode TooManyEntries = new("COR0302", Severity.Error, "reading stopped: more than {0} entries");
    public static readonly DiagnosticCode TooManyBytes = new("COR0303", Severity.Error, "reading stopped: more than {0} bytes");
    public static readonly DiagnosticCode Bomb = new("COR0304", Severity.Error, "reading stopped: the archive unpacks to more than {0} times its size");
    public static readonly DiagnosticCode Corrupt = new("COR0305", Severity.Error, "the archive is damaged, what came before was kept: {0}");
    public static readonly DiagnosticCode Truncated = new("COR0306", Severity.Error, "the archive ends too early, what came before was kept");
    public static readonly DiagnosticCode MoreFindings = new("COR0307", Severity.Warning, "{0} more findings about this source are not listed");

    public static readonly DiagnosticCode InvalidUtf8 = new("COR0401", Severity.Warning, "{0} byte sequence(s) are not valid UTF-8, the first at byte {1}");
    public static readonly DiagnosticCode InvalidUtf16 = new("COR0402", Severity.Warning, "{0} code unit(s) are not valid UTF-16, the first at byte {1}");

    public static readonly DiagnosticCode ReaderFailed = new("COR0501", Severity.Error, "a fault of the {0} reader, please report it: {1}");
    public static readonly DiagnosticCode SameId = new("COR0502", Severity.Warning, "the id '{0}' is also that of a rule in {1}");

    public static readonly DiagnosticCode ManifestUnreadable = new("COR0601", Severity.Warning, "the file that tells where archives come from cannot be read: {0}");

    public static readonly DiagnosticCode NoDate = new("COR0701", Severity.Warning, "'{0}' should be a date such as 2024-12-31, found '{1}'");
    public static readonly DiagnosticCode WrongShape = new("COR0702", Severity.Warning, "'{0}' should be {1}");
    public static readonly DiagnosticCode NoId = new("COR0703", Severity.Warning, "the rule has no 'id'; one is made of its path and number");
    public static readonly DiagnosticCode NoTitle = new("COR0704", Severity.Warning, "the rule has no 'title'; the file's name stands for it");
}
