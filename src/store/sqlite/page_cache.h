// SQLite's page cache, which after a split of index pages would look through all of its pages.
//
// A balanced tree swaps two pages by way of the one page number that no database uses, that of the
// lock byte at 1 GiB. The cache takes it for its highest page, and at the end of the transaction
// looks for pages beyond the end of the file: at each of its 16,000. So this layer remembers the
// highest page that was really there, and hands only those truncations on that can concern one. It
// was a twelfth of the writer's work where many rooms change their lists.
#pragma once

namespace parlor::store {

// Once in a process, before anything in it uses SQLite; refused, harmlessly, afterwards.
void use_page_cache();

}  // namespace parlor::store
